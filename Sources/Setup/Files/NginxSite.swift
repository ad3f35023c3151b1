/// The site file that `hookledger nginx` prints, as it goes to a host.
public enum NginxSite {
    /// The site without the server that refuses unknown hosts: another site of this nginx is the default one of port 443.
    public static func withoutDefaultServer(_ site: String) -> String {
        let lines = MarkedText(site).lines
        guard let inside = lines.firstIndex(where: { $0.contains("ssl_reject_handshake") }),
            let start = lines[..<inside].lastIndex(of: "server {"),
            let end = lines[inside...].firstIndex(of: "}")
        else { return site }
        return (lines[..<start] + lines[(end + 1)...]).joined(separator: "\n")
    }
}
