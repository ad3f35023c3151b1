import Platform

/// The version of an nginx, which decides how HTTP/2 is written: from 1.25.1 on `http2 on;`, before as a parameter of
/// `listen` (https://nginx.org/en/docs/http/ngx_http_v2_module.html).
public struct NginxVersion: Sendable, Comparable {
    private let numbers: [Int]

    /// The first with the directive `http2`.
    public static let withDirective = NginxVersion(numbers: [1, 25, 1])

    /// That of Debian 12, the oldest that the shipped files are written for.
    public static let oldest = NginxVersion(numbers: [1, 22, 1])

    private init(numbers: [Int]) { self.numbers = numbers }

    /// Reads `1.26.3`, or the output of `nginx -v`: `nginx version: nginx/1.26.3`.
    public init?(_ text: String) {
        let version = text.split(separator: "/").last ?? ""
        let numbers = version.prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        self.numbers = numbers
    }

    /// That of the installed program; nil when there is none.
    public static var installed: NginxVersion? {
        guard let output = try? ChildProcess.run(ChildCommand(["nginx", "-v"])), output.succeeded else { return nil }
        return NginxVersion(output.errorText)
    }

    /// By the numbers, the first one first.
    public static func < (one: NginxVersion, other: NginxVersion) -> Bool {
        one.numbers.lexicographicallyPrecedes(other.numbers)
    }

    /// The lines for sockets with HTTP/2, as this version has them.
    ///
    /// - Parameter listen: directives such as `listen 443 ssl http2;`, all of one server.
    public func http2(_ listen: [String]) -> [String] {
        if self < Self.withDirective { return listen }
        return listen.map { $0.replacing(" http2", with: "") } + ["http2 on;"]
    }
}
