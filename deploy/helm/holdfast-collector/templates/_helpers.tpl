{{- define "holdfast.labels" -}}
app.kubernetes.io/name: holdfast-collector
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
{{- define "holdfast.selector" -}}
app.kubernetes.io/name: holdfast-collector
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
{{- define "holdfast.podSafety" -}}
automountServiceAccountToken: false
terminationGracePeriodSeconds: 30
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}
{{- define "holdfast.environment" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: HOLDFAST_STORE
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.cluster.storeSecret }}
      key: url
- name: HOLDFAST_ORGANISATION
  value: {{ .root.Values.organisation | quote }}
- name: HOLDFAST_NAMES
  value: {{ join "," (concat .root.Values.names .hosts) | quote }}
- name: HOLDFAST_DIR
  value: /var/lib/holdfast/data
- name: HOLDFAST_SETUP_DIR
  value: /var/lib/holdfast
- name: HOLDFAST_BUS_ROUTES
  value: {{ printf "%s:6222" (join ":6222," .hosts) | quote }}
{{- end -}}
{{- define "holdfast.container" -}}
image: "{{ .root.Values.image.repository }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}"
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
resources:
  {{- toYaml .root.Values.resources | nindent 2 }}
{{- end -}}
{{- define "holdfast.process" -}}
{{ include "holdfast.container" . }}
env:
  {{- include "holdfast.environment" . | nindent 2 }}
  - name: HOLDFAST_PREPARED
    value: "1"
  - name: HOLDFAST_NATS_SERVERS
    {{- if or (eq .role "http") (eq .role "bus") }}
    value: {{ join "," .root.Values.cluster.natsServers | quote }}
    {{- else }}
    value: {{ printf "tls://%s:4222" (join ":4222,tls://" .hosts) | quote }}
    {{- end }}
  - name: HOLDFAST_PROBE_LISTEN
    value: 0.0.0.0:9090
livenessProbe:
  {{- if eq .role "http" }}
  httpGet: { path: /livez, port: 8443, scheme: HTTPS }
  {{- else }}
  httpGet: { path: /livez, port: 9090 }
  {{- end }}
  initialDelaySeconds: 60
  periodSeconds: 15
  failureThreshold: 4
readinessProbe:
  {{- if eq .role "http" }}
  httpGet: { path: /readyz, port: 8443, scheme: HTTPS }
  {{- else }}
  httpGet: { path: /readyz, port: 9090 }
  {{- end }}
  periodSeconds: 5
{{- end -}}
{{- define "holdfast.prepare" -}}
- name: prepare
  args: [prepare]
  {{- include "holdfast.container" . | nindent 2 }}
  env:
    {{- include "holdfast.environment" . | nindent 4 }}
  volumeMounts:
    - name: data
      mountPath: /var/lib/holdfast
    - name: tmp
      mountPath: /tmp
{{- end -}}
{{- define "holdfast.volumes" -}}
- name: tmp
  emptyDir: {}
- name: data
  persistentVolumeClaim:
    claimName: {{ .Release.Name }}-shared
{{- end -}}
