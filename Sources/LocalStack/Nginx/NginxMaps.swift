/// The variables that the shipped snippets ask the site for; the benchmark's nginx has them from here, too.
public struct NginxMaps {
    /// The folder with the files that nginx serves itself.
    let share: String
    /// Whose pages may read the API's errors.
    let origins: [String]
    /// Whether browsers are to use TLS from now on.
    let isProduction: Bool

    /// - Parameter origins: in lower case.
    public init(share: String, origins: [String] = [], isProduction: Bool = false) {
        self.share = share
        self.origins = origins
        self.isProduction = isProduction
    }

    /// A directive a line, for the `http` section.
    public var lines: [String] {
        [
            "map $host $hookledger_share { default \"\(share)\"; }",
            "map $http_origin $hookledger_origin { \(NginxWord.origins(origins).joined(separator: " ")) default \"\"; }",
            "map $https $hookledger_hsts { \(isProduction ? "on \"max-age=63072000\"; " : "")default \"\"; }",
        ]
    }
}
