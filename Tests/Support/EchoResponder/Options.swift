import FastCGI

/// The command line: names with numbers.
struct Options {
    var configuration = ServerConfiguration()
    var bodyLimit = 1 << 20

    init(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let name = rest.popFirst(), let number = rest.popFirst().flatMap({ Int($0) }) {
            switch name {
            case "--workers": configuration.workers = number
            case "--capacity": configuration.capacity = number
            case "--receive-timeout": configuration.receiveTimeout = number
            case "--drain-limit": configuration.drainLimit = number
            case "--drain-timeout": configuration.drainTimeout = number
            case "--body-limit": bodyLimit = number
            default: break
            }
        }
    }
}
