import CCurl
import Glibc
import Outbound

/// The target of libcurl's callbacks of one request. Owned by the client for as long as the request is in flight.
final class Transfer {
    let ticket: RequestTicket
    private let responseLimit: Int
    private let guarded: Bool
    private(set) var headers: [HTTPRequest.Header] = []
    private(set) var body: [UInt8] = []
    private(set) var objection: String?
    private(set) var tooLarge: String?
    /// Whether the whole header of the final answer has come.
    private(set) var isHeaderComplete = false
    private var isInterim = false
    private var headerBytes = 0
    private var refusedSockets = 0
    private var openedSockets = 0
    /// The mail to hand over; nil for HTTP.
    private let upload: [UInt8]?
    private var uploaded = 0
    private var isReplyOpen = false
    /// Whether an address of the mail needs SMTPUTF8, and whether the server has offered it.
    private let needsUTF8: Bool
    private var offersUTF8 = false
    /// Whether it was not handed over for that reason.
    private var lacksUTF8 = false
    /// The last reply of a mail server, all its lines.
    private(set) var reply = ""

    static let headerLimit = 65_536

    init(ticket: RequestTicket, responseLimit: Int, guarded: Bool, upload: [UInt8]? = nil, needsUTF8: Bool = false) {
        self.needsUTF8 = needsUTF8
        self.upload = upload
        self.ticket = ticket
        self.responseLimit = responseLimit
        self.guarded = guarded
    }

    /// Whether the guard left no address to connect to.
    var wasGuarded: Bool { refusedSockets > 0 && openedSockets == 0 }

    /// Whether the receiver may have acted: for HTTP once the first byte can have left, for a mail once all of it has,
    /// for a server takes nothing before its end.
    func mayHaveArrived(_ easy: EasyHandle) -> Bool {
        if let upload { return uploaded == upload.count && refusal(easy) == nil }
        // Either is set before the first byte leaves.
        return easy.long(CURLINFO_REQUEST_SIZE) > 0 || easy.size(CURLINFO_PRETRANSFER_TIME_T) > 0
    }

    /// The reply of a refusing mail server; nil if it accepted, or for HTTP.
    func refusal(_ easy: EasyHandle) -> String? {
        guard upload != nil else { return nil }
        let status = easy.long(CURLINFO_RESPONSE_CODE)
        if lacksUTF8 { return Self.noUTF8 }
        if status >= 500, needsUTF8, !offersUTF8 { return "\(reply) (\(Self.noUTF8))" }
        return status >= 400 ? reply : nil
    }

    private static let noUTF8 = "the server does not offer SMTPUTF8, which the address needs"

    /// The status of a refusal. A server without SMTPUTF8 is not asked, and the status is 550, because a retry cannot succeed.
    func refusalStatus(_ easy: EasyHandle) -> Int { lacksUTF8 ? 550 : easy.long(CURLINFO_RESPONSE_CODE) }

    /// libcurl asks for more of the mail.
    /// - Returns: how many bytes were written to the buffer, or what ends the transfer.
    func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let upload else { return 0 }
        if needsUTF8, !offersUTF8 {
            lacksUTF8 = true
            return Int(CURL_READFUNC_ABORT)
        }
        let count = min(buffer.count, upload.count - uploaded)
        buffer.copyBytes(from: upload[uploaded..<(uploaded + count)])
        uploaded += count
        return count
    }

    /// A line of a mail server's reply: `250-more` or `250 last`.
    private func take(replyLine line: UnsafeRawBufferPointer) {
        let text = Self.trimmed(line[...])
        if text.uppercased() == "250-SMTPUTF8" || text.uppercased() == "250 SMTPUTF8" { offersUTF8 = true }
        // The answer to QUIT is not about the mail.
        if text.hasPrefix("221") { return }
        let isFirst = reply.isEmpty || !isReplyOpen
        reply = isFirst ? text : reply + " " + text.dropFirst(4)
        isReplyOpen = text.utf8.dropFirst(3).first == UInt8(ascii: "-")
    }

    /// libcurl hands a header line over, or the empty line that ends them.
    /// - Returns: false to end the transfer.
    func take(headerLine line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= Self.headerLimit else {
            tooLarge = "more than \(Self.headerLimit) bytes of header"
            return false
        }
        if upload != nil {
            take(replyLine: line)
            return true
        }
        if line.starts(with: Array("HTTP/".utf8)) {
            headers = []  // A new answer begins: what came before was an interim one (1xx).
            isInterim = line.dropFirst(9).first == UInt8(ascii: "1")
            return true
        }
        if line.first == 13 || line.first == 10 { isHeaderComplete = !isInterim }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
        let name = String(decoding: line[..<colon], as: UTF8.self)
        headers.append(HTTPRequest.Header(name, Self.trimmed(line[(colon + 1)...])))
        return true
    }

    /// libcurl hands a piece of the body over.
    /// - Returns: false to end the transfer.
    func take(body piece: UnsafeRawBufferPointer) -> Bool {
        guard piece.count <= responseLimit - body.count else {
            tooLarge = "more than \(responseLimit) bytes of answer"
            body = []
            return false
        }
        body.append(contentsOf: piece)
        return true
    }

    /// Opens a socket for an address that the guard lets pass.
    func openSocket(for address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        let info = address.pointee
        if guarded {
            let pointer = UnsafeRawPointer(address) + (MemoryLayout<curl_sockaddr>.offset(of: \.addr) ?? 0)
            let objection =
                IPAddress(socketAddress: pointer, family: info.family)
                .map(AddressGuard.objection) ?? "an address family that is neither IPv4 nor IPv6"
            if let objection {
                self.objection = objection
                refusedSockets += 1
                return CURL_SOCKET_BAD
            }
        }
        openedSockets += 1
        return socket(info.family, info.socktype | Int32(SOCK_CLOEXEC.rawValue), info.protocol)
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 || $0 == 10 }
        var rest = bytes.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest = rest.dropLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
