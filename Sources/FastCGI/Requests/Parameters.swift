/// One name and value as the web server sent it, or one header of the HTTP request.
public struct Parameter: Sendable, Equatable {
    /// `REQUEST_METHOD`, `HTTP_X_SIGNATURE`; of a header: `x-signature`.
    public let name: String
    /// The value; bytes that are not UTF-8 are replaced by U+FFFD.
    public let value: String

    /// Makes a parameter from its two parts.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The parameters of a request (FastCGI specification, 5.2 "FCGI_PARAMS") in the order in which they were sent.
///
/// A name may occur twice: nginx before 1.23 sends a repeated HTTP header as two parameters of the same name. Both are
/// kept, so that a caller can refuse a request whose signature header is ambiguous.
public struct Parameters: Sendable, Equatable {
    /// Every parameter, in order, repetitions included.
    public let all: [Parameter]

    /// Makes parameters from a list; for callers without a web server, such as tests.
    public init(_ all: [Parameter]) {
        self.all = all
    }

    /// The first value with this name; nil when there is none. Names are compared exactly.
    public subscript(name: String) -> String? {
        all.first { $0.name == name }?.value
    }

    /// Whether the name occurs more than once, with equal values or different ones.
    public func repeated(_ name: String) -> Bool {
        var seen = false
        for parameter in all where parameter.name == name {
            if seen { return true }
            seen = true
        }
        return false
    }

    /// Every value with this name, in order.
    public func values(of name: String) -> [String] {
        all.compactMap { $0.name == name ? $0.value : nil }
    }
}
