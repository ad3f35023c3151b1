import CFastCGI
import Glibc

extension Connection {
    /// Copies the parameters; libfcgi frees its own when the request ends. One pass, whatever their number.
    func parameters() -> Parameters {
        guard var entry = raw.pointee.envp else { return Parameters([]) }
        var all: [Parameter] = []
        all.reserveCapacity(32)
        // The first one is libfcgi's own FCGI_ROLE.
        if entry.pointee != nil { entry += 1 }
        while let text = entry.pointee {
            let bytes = UnsafeBufferPointer(start: text, count: strlen(text))
            let raw = UnsafeRawBufferPointer(bytes)
            let name = raw.prefix { $0 != UInt8(ascii: "=") }
            let value = raw.dropFirst(name.count + 1)
            all.append(
                Parameter(name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self)))
            entry += 1
        }
        return Parameters(all)
    }
}
