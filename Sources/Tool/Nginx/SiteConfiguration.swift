import LocalStack
import Platform
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
    let certificate: SiteCertificate
    /// The nginx that reads it.
    let version: NginxVersion

    /// The default body limit of the shipped nginx snippets.
    private static let shippedLimit = 1 << 20

    /// What ends a line of the shipped file that is filled in.
    enum Mark: String, CaseIterable {
        case http2
        case serverName = "server-name"
        case certificate
        case certificateKey = "certificate-key"
        case hookLog = "hook-log"
        case origins
        case rate
        case locations
        case plainLocations = "plain-locations"
    }

    private static let sign = "  #@ "

    /// The whole file.
    /// - Throws: `StackError` when the shipped file has a mark that nothing is known for, or lacks one.
    func text() throws(StackError) -> String {
        var lines: [String] = ["# Written by `hookledger nginx` for \(settings.file ?? "the variables that are set")."]
        lines += notes
        var seen: Set<Mark> = []
        for line in files.site.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            guard let sign = line.firstRange(of: Self.sign) else {
                lines.append(String(line))
                continue
            }
            guard let mark = Mark(rawValue: String(line[sign.upperBound...])) else {
                throw StackError(.failed, "hookledger.conf has a line with an unknown mark: \(line)")
            }
            seen.insert(mark)
            let shipped = line[..<sign.lowerBound]
            let indent = String(shipped.prefix { $0 == " " })
            lines += filled(mark, String(shipped.dropFirst(indent.count))).map { indent + $0 }
        }
        if let missing = Mark.allCases.first(where: { !seen.contains($0) }) {
            throw StackError(.failed, "hookledger.conf has no line with the mark \(missing.rawValue)")
        }
        return lines.joined(separator: "\n")
    }

    /// The settings that this file cannot pass to the snippets.
    private var notes: [String] {
        var notes = own.filter { covered.name($0.path) }.map {
            "# \($0.path) takes \($0.source.bodyLimit) bytes: raise its client_max_body_size in "
                + "snippets/hookledger-hook.conf, too."
        }
        if rate.burst != Self.shippedBurst {
            notes.append(
                "# snippets/hookledger-api-limit.conf must say: limit_req zone=hookledger_api burst=\(rate.burst) nodelay;"
            )
        }
        return notes
    }

    /// The lines in the place of a marked one.
    private func filled(_ mark: Mark, _ shipped: String) -> [String] {
        let extra = own.filter { !covered.name($0.path) }
        return switch mark {
        // The line for IPv6 is the last of its server.
        case .http2: shipped.contains("[::]") ? version.http2([shipped]) : Array(version.http2([shipped]).prefix(1))
        case .serverName: ["server_name \(serverName);"]
        case .certificate: ["ssl_certificate \(NginxWord.quoted(certificate.file));"]
        case .certificateKey: ["ssl_certificate_key \(NginxWord.quoted(certificate.key));"]
        case .hookLog: [NginxWord.hookLog(settings.log.hooks)]
        case .origins: NginxWord.origins(settings.api.allowedOrigins) + [shipped]
        case .rate: [Self.zone(shipped, rate)]
        case .locations: extra.flatMap { location($0.path, $0.source) } + [shipped]
        case .plainLocations:
            extra.filter { !covered.cover($0.path) }.map {
                "location = \(NginxWord.quoted($0.path)) { default_type application/json; "
                    + "return 403 '{\"error\":\"https_required\"}'; }"
            } + [shipped]
        }
    }

    private var covered: HookLocations { HookLocations(snippet: files.locations) }

    /// Paths that need a location of their own, or a larger body than the shipped one takes.
    private var own: [(path: String, source: SourceSettings)] {
        settings.sources.flatMap { source in source.paths.map { (path: $0, source: source) } }
            .filter { !covered.cover($0.path) || $0.source.bodyLimit > Self.shippedLimit }
    }

    private static let shippedBurst = 99

    private var rate: RateLimit {
        RateLimit(
            requests: settings.api.rateLimit, window: settings.api.rateWindow)
    }

    /// The zone's line with that rate.
    private static func zone(_ line: String, _ rate: RateLimit) -> String {
        guard let mark = line.firstRange(of: "rate=") else { return line }
        return line[..<mark.upperBound] + "\(rate.perMinute)r/m;"
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

extension SiteConfiguration {
    /// The site made of the files that ship.
    /// - Parameter share: the folder that has `nginx/`.
    init(
        share: String, settings: Settings, serverName: String, certificate: SiteCertificate, version: NginxVersion
    ) throws(FileError) {
        let folder = share + "/nginx"
        self.init(
            files: Files(
                site: try Platform.Files.readText(folder + "/hookledger.conf"),
                locations: try Platform.Files.readText(folder + "/snippets/hookledger-locations.conf"),
                hook: try Platform.Files.readText(folder + "/snippets/hookledger-hook.conf"),
                pool: try Platform.Files.readText(folder + "/snippets/hookledger-hook-pool.conf")),
            settings: settings, serverName: serverName, certificate: certificate, version: version)
    }
}
