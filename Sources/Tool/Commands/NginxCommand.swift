import ArgumentParser
import JSON
import LocalStack
import Platform
import Settings

/// `hookledger nginx`
struct NginxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nginx", abstract: "Print nginx's site file for the configured sources.",
        discussion: """
            Paths beyond the preset ones, and sources with larger bodies, get their own locations.

              hookledger nginx --server-name hooks.example.com \\
                > /etc/nginx/sites-available/hookledger
              nginx -t && systemctl reload nginx
            """)

    @OptionGroup var database: OperatorArguments

    @Option(help: "The name that providers deliver to.")
    var serverName = "hooks.example.com"

    @Option(help: "The certificate (default: certbot's path for the name).")
    var certificate: String?

    @Option(help: "Its key.")
    var certificateKey: String?

    @Option(help: "The version of nginx that reads it (default: that of the installed one, else 1.22.1).")
    var nginxVersion: String?

    @Flag(help: "One JSON object with the text, and every hook path with its source.")
    var json = false

    func validate() throws {
        guard (certificate == nil) == (certificateKey == nil) else {
            throw ValidationError("--certificate and --certificate-key must be given together")
        }
        guard nginxVersion.map({ NginxVersion($0) != nil }) ?? true else {
            throw ValidationError("--nginx-version must be three numbers, such as 1.26.3")
        }
        guard NginxWord.isServerName(serverName) else {
            throw ValidationError("--server-name must be a host name")
        }
    }

    func run() throws {
        try reportingErrors {
            let settings = try database.settings()
            let certificates =
                if let certificate, let certificateKey {
                    SiteCertificate(file: certificate, key: certificateKey)
                } else { SiteCertificate(ofCertbot: serverName) }
            let site = try SiteConfiguration(
                share: Executable.share(of: Executable.current()), settings: settings, serverName: serverName,
                certificate: certificates,
                version: nginxVersion.flatMap(NginxVersion.init) ?? NginxVersion.installed ?? .oldest)
            let text = try site.text()
            guard json else { return Console.say(text) }
            var paths = JSONObject()
            for source in settings.sources { for path in source.paths { paths[path] = .string(source.name) } }
            let object: JSONValue = ["site": .string(text), "paths": .object(paths)]
            Console.say(object.text)
        }
    }
}
