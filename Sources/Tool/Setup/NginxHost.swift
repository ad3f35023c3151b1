import LocalStack
import Platform
import Setup

/// The nginx of this host.
struct NginxHost {
    private static let main = "/etc/nginx/nginx.conf"
    private static let sites = "/etc/nginx/sites-enabled"
    private static let pidFile = "/run/nginx.pid"

    /// Where Debian's nginx keeps site files.
    private static let available = "/etc/nginx/sites-available/hookledger"
    /// Where the nginx of nginx.org does.
    private static let extra = "/etc/nginx/conf.d/hookledger.conf"

    /// The site file.
    static var site: String {
        // A site that is in use there already stays there.
        Files.exists(sites) && !Files.exists(extra) ? available : extra
    }

    /// - Throws: `StackError` where nginx is not installed.
    static func facts() throws -> HostFacts.Nginx {
        guard Files.exists(main), NginxVersion.installed != nil else {
            throw StackError(.missing, "nginx is not installed: apt-get install nginx")
        }
        let main = try Files.realPath(main)
        let link = site == available ? sites + "/hookledger" : nil
        return HostFacts.Nginx(
            main: .init(main, try Files.readText(main)),
            site: .init(site, Files.exists(site) ? try Files.readText(site) : nil), link: link,
            isLinked: link.map { (try? Files.realPath($0)) == (try? Files.realPath(site)) && Files.exists($0) }
                ?? false,
            isRunning: process != nil)
    }

    /// Its main process; nil if it does not run.
    static var process: Int32? {
        guard let text = try? Files.readText(pidFile), let id = Int32(text.filter { !$0.isWhitespace }),
            (try? Files.readText("/proc/\(id)/comm"))?.hasPrefix("nginx") == true
        else { return nil }
        return id
    }

    /// Whether a site other than ours is the default one of port 443: nginx takes one only.
    static var hasOtherDefault: Bool {
        guard let output = try? ChildProcess.run(ChildCommand(["nginx", "-T"]), limit: 16 << 20), output.succeeded
        else {
            return false
        }
        var isOurs = false
        for line in output.text.lines() {
            if line.hasPrefix("# configuration file ") {
                isOurs = line.contains("/hookledger:") || line.contains("/hookledger.conf:")
            } else if !isOurs {
                let statements = line.prefix { $0 != "#" }.split { ";{}".contains($0) }
                if statements.contains(where: { isDefault($0.split(whereSeparator: \.isWhitespace)) }) { return true }
            }
        }
        return false
    }

    private static func isDefault(_ words: [Substring]) -> Bool {
        guard words.count > 2, words[0] == "listen" else { return false }
        return words[1] == "443" || words[1].hasSuffix(":443")
            ? words.contains("default_server") || words.contains("default") : false
    }

    /// What nginx says against its files; nil for nothing.
    static func mistake() throws -> String? {
        let output = try ChildProcess.run(ChildCommand(["nginx", "-t", "-q"]))
        return output.succeeded ? nil : output.errorText
    }

    /// Lets it read its files again; starts it where it does not run.
    static func reload(hasSystemd: Bool) throws {
        let command =
            process != nil ? ["nginx", "-s", "reload"] : hasSystemd ? ["systemctl", "start", "nginx"] : ["nginx"]
        let output = try ChildProcess.run(ChildCommand(command))
        guard output.succeeded else {
            throw StackError(.failed, "\(command.joined(separator: " ")): \(output.errorText)")
        }
    }
}
