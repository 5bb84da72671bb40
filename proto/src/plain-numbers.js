// Loaded before the generated code: 64-bit integers become numbers. Whoever reads one checks Number.isSafeInteger.
import protobuf from 'protobufjs/minimal.js'

protobuf.util.Long = undefined
protobuf.configure()

// The generated decoder sets `detail` for every message, and the library's setter then deletes each of the other thirty
// arms, there or not: a fifth of all decoding. Only an arm that is there needs deleting.
protobuf.util.oneOfSetter = (fieldNames) => {
  const arms = new Set(fieldNames)
  return function set(name) {
    for (const key of Object.keys(this)) if (key !== name && arms.has(key)) delete this[key]
  }
}
