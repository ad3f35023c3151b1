import LocalStack
import Settings

/// The shipped site file of nginx, filled in for the configured sources.
struct SiteConfiguration {
    /// The shipped files that it is made of.
    struct Files {
        /// `hookledger.conf`
        var site: String
        /// `snippets/hookledger-locations.conf`
        var locations: String
        /// `snippets/hookledger-hook.conf`
        var hook: String
        /// `snippets/hookledger-hook-pool.conf`, which that one includes
        var pool: String
    }

    let files: Files
    let settings: Settings
    /// The name that providers deliver to.
    let serverName: String
    let certificate: String
    let certificateKey: String

    /// The default body limit of the shipped nginx snippets.
    private static let shippedLimit = 1 << 20

    /// The whole file.
    var text: String {
        let covered = HookLocations(snippet: files.locations)
        let paths = settings.sources.flatMap { source in source.paths.map { (path: $0, source: source) } }
        let own = paths.filter { !covered.cover($0.path) || $0.source.bodyLimit > Self.shippedLimit }
        let (tooLarge, extra) = (own.filter { covered.name($0.path) }, own.filter { !covered.name($0.path) })
        var lines: [String] = ["# Written by `hookledger nginx` for \(settings.file ?? "the variables that are set")."]
        lines += tooLarge.map {
            "# \($0.path) takes \($0.source.bodyLimit) bytes: raise its client_max_body_size in "
                + "snippets/hookledger-hook.conf, too."
        }
        if rate.burst != Self.shippedBurst {
            lines.append(
                "# snippets/hookledger-api-limit.conf must say: limit_req zone=hookledger_api burst=\(rate.burst) nodelay;"
            )
        }
        for line in files.site.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let indent = String(line.prefix { $0 == " " })
            switch line.dropFirst(indent.count) {
            case "server_name hooks.example.com;": lines.append("\(indent)server_name \(serverName);")
            case "include snippets/hookledger-locations.conf;":
                lines += extra.flatMap { location($0.path, $0.source) }.map { indent + $0 }
                lines.append(String(line))
            case "include snippets/hookledger-plain.conf;":
                lines += extra.filter { !covered.cover($0.path) }.map {
                    "\(indent)location = \(NginxWord.quoted($0.path)) { default_type application/json; "
                        + "return 403 '{\"error\":\"https_required\"}'; }"
                }
                lines.append(String(line))
            case let text where text.hasPrefix("ssl_certificate_key "):
                lines.append("\(indent)ssl_certificate_key \(NginxWord.quoted(certificateKey));")
            case let text where text.hasPrefix("ssl_certificate "):
                lines.append("\(indent)ssl_certificate \(NginxWord.quoted(certificate));")
            case "map $http_origin $hookledger_origin {":
                lines.append(String(line))
                lines += NginxWord.origins(settings.api.allowedOrigins).map { indent + "    " + $0 }
            case let text where text.hasPrefix("limit_req_zone "):
                lines.append(text.prefix { $0 != "=" } + Self.zone(text, rate))
            default: lines.append(String(line))
            }
        }
        return lines.joined(separator: "\n")
    }

    private static let shippedBurst = 99

    private var rate: RateLimit {
        RateLimit(
            requests: settings.api.rateLimit, windowMilliseconds: Int(settings.api.rateWindow.wholeMilliseconds))
    }

    /// The end of the zone's line, from the first `=`, with that rate.
    private static func zone(_ line: Substring, _ rate: RateLimit) -> String {
        let rest = line.drop { $0 != "=" }
        guard let mark = rest.firstRange(of: "rate=") else { return String(rest) }
        return rest[..<mark.upperBound] + "\(rate.perMinute)r/m;"
    }

    private func location(_ path: String, _ source: SourceSettings) -> [String] {
        if source.bodyLimit <= Self.shippedLimit {
            return ["location = \(NginxWord.quoted(path)) { include snippets/hookledger-hook.conf; }  # \(source.name)"]
        }
        let body = files.hook.split(whereSeparator: \.isNewline).flatMap { line in
            line == "include snippets/hookledger-hook-pool.conf;"
                ? files.pool.split(whereSeparator: \.isNewline) : [line]
        }.map { line in
            line.hasPrefix("client_max_body_size ") ? "client_max_body_size \(source.bodyLimit);" : String(line)
        }
        return ["location = \(NginxWord.quoted(path)) {  # \(source.name)"]
            + body.filter { !$0.hasPrefix("#") }.map { "    " + $0 } + ["}"]
    }
}
