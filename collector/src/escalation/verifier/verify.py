#!/usr/bin/env python3
"""Checks a Holdfast case bundle: python3 verify.py [folder] [--key FINGERPRINT]

Needs Python 3.8 or newer and nothing else. Exit code: 0 all OK, 1 something FAILED, 2 it could not be looked at.
"""
import hashlib
import json
import os
import re
import stat
import sys

OUTSIDE = {'manifest.json', 'manifest.sig.json'}
GENESIS = '0' * 64
HEX64 = re.compile(r'[0-9a-f]{64}')
SAFE = re.compile(r'(?!/)(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9._/-]+')


class Failed(Exception):
    pass


def need(holds, problem):
    if not holds:
        raise Failed(problem)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def json_text(value):
    """As JSON.stringify writes texts and whole numbers."""
    text = json.dumps(value, ensure_ascii=False, separators=(',', ':'))
    return re.sub('[\ud800-\udfff]', lambda found: '\\u%04x' % ord(found.group()), text)


def chained(previous, fields):
    return sha256('\n'.join(json_text(field) for field in [previous] + fields).encode('utf-8'))


# Ed25519, as RFC 8032 chapter 6 has it.
P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    s = (a[1] - a[0]) * (b[1] - b[0]) % P
    t = (a[1] + a[0]) * (b[1] + b[0]) % P
    u = 2 * a[3] * b[3] * D % P
    v = 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number, point):
    out = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            out = add(out, point)
        point = add(point, point)
        number >>= 1
    return out


def x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT % P
    if (x * x - square) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def point_of(data):
    y = int.from_bytes(data, 'little')
    sign = y >> 255
    y &= (1 << 255) - 1
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = x_of(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signature_holds(public, message, signature):
    a = point_of(public)
    r = point_of(signature[:32])
    s = int.from_bytes(signature[32:], 'little')
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), 'little') % L
    left, right = times(s, BASE), add(r, times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def read(folder, path):
    with open(os.path.join(folder, *path.split('/')), 'rb') as file:
        return file.read()


def text_of(folder, path):
    return read(folder, path).decode('utf-8')


def rows_of(folder, path):
    return [json.loads(line) for line in text_of(folder, path).split('\n') if line != '']


def files_of(folder):
    for inside, folders, names in os.walk(folder):
        for name in folders + names:
            path = os.path.join(inside, name)
            mode = os.lstat(path).st_mode
            shown = os.path.relpath(path, folder).replace(os.sep, '/')
            if name in names:
                need(stat.S_ISREG(mode), shown + ' is no plain file')
                yield shown
            else:
                need(stat.S_ISDIR(mode), shown + ' is no plain folder')


def hash_of(path):
    digest, size = hashlib.sha256(), 0
    with open(path, 'rb') as file:
        for chunk in iter(lambda: file.read(1 << 20), b''):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def check_signature(folder, wanted):
    text = text_of(folder, 'manifest.sig.json')
    found = json.loads(text)
    form = json_text({name: found[name] for name in ('algorithm', 'publicKey', 'manifestSha256', 'signature')}) + '\n'
    need(text == form, 'manifest.sig.json does not have its form')
    need(found['algorithm'] == 'Ed25519' and HEX64.fullmatch(found['publicKey']) and HEX64.fullmatch(found['manifestSha256']) and re.fullmatch('[0-9a-f]{128}', found['signature']), 'manifest.sig.json is no signature')
    need(sha256(read(folder, 'manifest.json')) == found['manifestSha256'], 'the manifest is not the one that was signed')
    public = bytes.fromhex(found['publicKey'])
    message = ('holdfast bundle manifest/1\n' + found['manifestSha256']).encode('ascii')
    need(signature_holds(public, message, bytes.fromhex(found['signature'])), 'the signature does not fit the manifest')
    fingerprint = sha256(public)
    if wanted is None:
        return 'by the key ' + fingerprint + "; compare it with the installation's, or give it with --key"
    need(fingerprint == wanted, 'it was signed by the key ' + fingerprint + ', not by ' + wanted)
    return 'by the key ' + fingerprint


def check_files(folder, manifest):
    need(manifest['format'] == 'holdfast-bundle/1', 'manifest.json is of another format')
    listed = {}
    for file in manifest['files']:
        path = file['path']
        need(SAFE.fullmatch(path) and path not in OUTSIDE and path not in listed, 'the manifest lists ' + json.dumps(path) + ', which cannot be')
        listed[path] = file
    problems, total = [], 0
    for path in sorted(files_of(folder)):
        if path in OUTSIDE:
            continue
        file = listed.pop(path, None)
        if file is None:
            problems.append(path + ' is not in the manifest')
            continue
        digest, size = hash_of(os.path.join(folder, *path.split('/')))
        total += size
        if size != file['sizeBytes'] or digest != file['sha256']:
            problems.append(path + ' was altered')
    problems += [path + ' is missing' for path in listed]
    need(not problems, '; '.join(problems[:20]))
    return '%d files, %d bytes' % (len(manifest['files']), total)


def check_custody(folder, manifest, heads):
    in_manifest = {file['path']: file for file in manifest['files']}
    items = {item['evidenceId']: item for item in rows_of(folder, 'evidence/index.jsonl')}
    ends, events = {}, 0
    for event in rows_of(folder, 'custody/custody.jsonl'):
        about = event['evidenceId']
        number, previous, exported = ends.get(about, (0, GENESIS, False))
        need(event['n'] == number + 1, '%s: event %d is missing' % (about, number + 1))
        fields = [event[name] for name in ('evidenceId', 'n', 'atMs', 'actorId', 'actorName', 'what', 'detail')]
        need(event['hash'] == chained(previous, fields), '%s: event %d was altered' % (about, event['n']))
        need(about in items, about + ' is not in the index')
        detail = json.loads(event['detail'])
        if detail.get('sha256') and 'sha256' in items[about]:
            need(detail['sha256'] == items[about]['sha256'], '%s: event %d is about another content' % (about, event['n']))
        here = event['what'] == 'exported' and detail.get('bundle') == manifest['bundle']['id']
        ends[about] = (event['n'], event['hash'], exported or here)
        heads[(about, event['n'])] = event['hash']
        events += 1
    for item in items.values():
        if 'path' not in item:
            continue
        need(in_manifest.get(item['path'], {}).get('sha256') == item['sha256'], item['docId'] + ' is not the content that the device read')
        need(ends.get(item['evidenceId'], (0, '', False))[2], item['docId'] + ' has no event of this export in its custody')
    return '%d chains, %d events' % (len(ends), events)


def check_audit(folder, manifest, heads):
    rows = rows_of(folder, 'audit/extract.jsonl')
    need(rows and rows[0]['format'] == 'holdfast-audit-extract/1' and rows[0]['entries'] == len(rows) - 1, 'the extract does not have as many entries as it says')
    head = manifest['audit']['head']
    need(rows[0]['head'] == head, 'the extract and the manifest name different heads')
    last, withheld = None, 0
    for entry in rows[1:]:
        seq = entry['seq']
        need(HEX64.fullmatch(entry['hash']) and HEX64.fullmatch(entry['previous']), 'entry %d has no hashes' % seq)
        need(last is None or seq > last['seq'], 'entry %d is out of order' % seq)
        if last is not None and seq == last['seq'] + 1:
            need(entry['previous'] == last['hash'], 'entry %d does not follow %d' % (seq, last['seq']))
        if entry.get('withheld') is True:
            withheld += 1
        else:
            fields = [entry[name] for name in ('seq', 'atMs', 'actorId', 'actorName', 'action', 'targetKind', 'targetId', 'detail')]
            need(entry['hash'] == chained(entry['previous'], fields), 'entry %d was altered' % seq)
            custody = json.loads(entry['detail']).get('custody') if entry['targetKind'] == 'evidence' else None
            known = None if custody is None else heads.get((entry['targetId'], custody['n']))
            need(known is None or known == custody['hash'], 'entry %d names another custody of %s' % (seq, entry['targetId']))
        last = entry
    if last is not None and head is not None:
        need(last['seq'] < head['seq'] or (last['seq'] == head['seq'] and last['hash'] == head['hash']), 'an entry is younger than the head')
    return '%d entries%s' % (len(rows) - 1, '' if withheld == 0 else ', %d of them without their words, which hold names' % withheld)


def check_load_files(folder, manifest):
    in_manifest = {file['path']: file for file in manifest['files']}
    text = text_of(folder, 'load/concordance.dat')
    need(text.startswith('\ufeff') and text.endswith('\r\n'), 'concordance.dat was cut off')
    names, *rows = [[field[1:-1] for field in line.split('\u0014')] for line in text[1:-2].split('\r\n')]
    xml = text_of(folder, 'load/edrm.xml')
    for row in rows:
        path = row[names.index('NATIVELINK')][3:].replace('\\', '/')
        digest = row[names.index('SHA256')]
        need(in_manifest.get(path, {}).get('sha256') == digest, 'concordance.dat names ' + path + ', which is not there so')
        need('Hash="' + digest + '"' in xml, 'edrm.xml lacks ' + row[0])
    files = sum(1 for path in in_manifest if path.startswith('evidence/files/'))
    need(len(rows) == files, 'the load files name %d files, and there are %d' % (len(rows), files))
    return '%d documents' % len(rows)


def main():
    given = sys.argv[1:]
    key = None
    if '--key' in given:
        at = given.index('--key')
        key = re.sub('[^0-9a-f]', '', given[at + 1].lower()) if at + 1 < len(given) else ''
        del given[at:at + 2]
    folder = given[0] if given else os.path.dirname(os.path.abspath(__file__))
    try:
        manifest = json.loads(text_of(folder, 'manifest.json'))
    except OSError as error:
        print('FAILED  manifest    cannot be read: %s' % error)
        return 2
    except ValueError as error:
        print('FAILED  manifest    cannot be read: %s' % error)
        return 1
    heads = {}
    parts = [
        ('signature', lambda: check_signature(folder, key)), ('files', lambda: check_files(folder, manifest)), ('custody', lambda: check_custody(folder, manifest, heads)),
        ('audit', lambda: check_audit(folder, manifest, heads)), ('load files', lambda: check_load_files(folder, manifest)),
    ]
    failed = 0
    for name, check in parts:
        try:
            print('OK      %-11s %s' % (name, check()))
        except Failed as error:
            failed += 1
            print('FAILED  %-11s %s' % (name, error))
        except Exception as error:
            failed += 1
            print('FAILED  %-11s cannot be read: %r' % (name, error))
    print('OK: the bundle is whole and unaltered.' if failed == 0 else 'FAILED: %d of %d parts.' % (failed, len(parts)))
    return 0 if failed == 0 else 1


if __name__ == '__main__':
    sys.exit(main())
