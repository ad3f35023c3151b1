import CCurl
import Glibc

/// What libcurl's callbacks of one request write to. Owned by the client for as long as the request is in flight.
final class Transfer {
    let ticket: HTTPClient.Ticket
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

    static let headerLimit = 65_536

    init(ticket: HTTPClient.Ticket, responseLimit: Int, guarded: Bool) {
        self.ticket = ticket
        self.responseLimit = responseLimit
        self.guarded = guarded
    }

    /// Whether the guard left no address to connect to.
    var wasGuarded: Bool { refusedSockets > 0 && openedSockets == 0 }

    /// libcurl hands a header line over, or the empty line that ends them.
    /// - Returns: false to end the transfer.
    func take(headerLine line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= Self.headerLimit else {
            tooLarge = "more than \(Self.headerLimit) bytes of header"
            return false
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
