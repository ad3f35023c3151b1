extension Timestamp {
    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT` (HTTP, RFC 9110 section 5.6.7) and `Sun, 06 Nov 1994 08:49:37 +0000` (mail,
    /// RFC 2822 section 3.3). A mail's may lack the name of the day.
    /// - Returns: nil for other forms, or without a zone.
    public init?(rfc2822 text: some StringProtocol) {
        var parts = text.split(separator: " ")[...]
        let namesDay = parts.first?.last == ","
        if namesDay { parts = parts.dropFirst() }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 5, let day = parts.first, let zone = parts.last,
            let month = months.firstIndex(of: String(parts[parts.startIndex + 1]))
        else { return nil }
        let (year, time) = (parts[parts.startIndex + 2], parts[parts.startIndex + 3])
        var offset = "Z"
        if zone == "GMT" {
            guard namesDay else { return nil }
        } else {
            guard zone.utf8.count == 5, zone.first == "+" || zone.first == "-" else { return nil }
            offset = "\(zone.prefix(3)):\(zone.suffix(2))"
        }
        let date = "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day.utf8.count == 1 ? "0" : "")\(day)"
        self.init(rfc3339: "\(date)T\(time)\(offset)")
    }
}
