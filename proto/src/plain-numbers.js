// Loaded before the generated code: 64-bit integers become numbers. Whoever reads one checks Number.isSafeInteger.
import protobuf from 'protobufjs/minimal.js'

protobuf.util.Long = undefined
protobuf.configure()
