internal import Platform

/// The folder that nginx reads: the shipped snippets, error bodies and pages, copied, and the configuration.
enum NginxFiles {
    /// Writes the files and has nginx check them.
    static func write(_ configuration: NginxConfiguration, share: String, nginx: String) throws(StackError) {
        let folder = configuration.folder
        try StackError.wrap {
            for kind in ["snippets", "errors", "docs"] {
                let target = "\(folder.nginx)/\(kind)"
                try Files.remove(target)
                try Files.makeFolder(target)
                for name in try Files.list("\(share)/nginx/\(kind)") {
                    let bytes = try Files.read("\(share)/nginx/\(kind)/\(name)")
                    try Files.write("\(target)/\(name)", bytes, durable: false)
                }
            }
            // Linked: a change of the page is visible at the next reload.
            try Files.link("\(folder.nginx)/inspect", to: "\(share)/nginx/inspect")
            try Files.write(
                folder.nginx + "/snippets/hookledger-api-limit.conf", text: configuration.apiLimitSnippet,
                durable: false)
            try Files.write(folder.nginxConfiguration, text: configuration.text, durable: false)
            // The previous nginx's output must not be mistaken for this one's.
            for file in [folder.nginxPID, folder.log("nginx")] { try Files.remove(file) }
            let check = [nginx, "-t", "-q", "-p", folder.nginx, "-c", folder.nginxConfiguration]
            let checked = try ChildProcess.run(ChildCommand(check))
            guard checked.succeeded else {
                throw StackError(.failed, "nginx refuses its configuration: \(checked.errorText)")
            }
        }
    }
}
