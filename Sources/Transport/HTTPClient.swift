import CCurl
import CivilTime
public import Outbound
import Platform

/// An HTTP client for many requests in flight from one thread (libcurl's multi interface, `libcurl-multi(3)`).
///
/// Not for two threads at once. It follows no redirect, speaks https and http only, verifies certificates, reads no
/// proxy from the environment, and takes no more of an answer than the request's limit. Memory is bounded by
/// `maxInFlight` times the largest response limit.
public final class HTTPClient: OutboundClient {
    /// How every request of a client is sent.
    public struct Configuration: Sendable {
        /// The User-Agent.
        public var userAgent: String
        /// A PEM file of the authorities to trust, in place of the system's.
        public var caFile: String?
        /// A proxy's URL. Names are then resolved by the proxy, and the guard sees the proxy's address only.
        public var proxy: String?
        /// The guard of destinations.
        public var addressGuard: AddressGuard
        /// The most requests in flight.
        public var maxInFlight: Int

        /// A configuration with those parts.
        public init(
            userAgent: String = "hookledger", caFile: String? = nil, proxy: String? = nil,
            addressGuard: AddressGuard = AddressGuard(), maxInFlight: Int = 256
        ) {
            self.userAgent = userAgent
            self.caFile = caFile
            self.proxy = proxy
            self.addressGuard = addressGuard
            self.maxInFlight = maxInFlight
        }
    }

    private struct Flight {
        let easy: EasyHandle
        let transfer: Transfer
    }

    private let configuration: Configuration
    private let courier: MailCourier
    private let multi: UnsafeMutableRawPointer
    private var flights: [RequestTicket: Flight] = [:]
    private var idle: [EasyHandle] = []
    private var ended: [FinishedRequest] = []
    private var lastNumber: UInt64 = 0

    /// A client without requests.
    /// - Throws: `OutboundFailure` of kind `other` when libcurl cannot start.
    public init(_ configuration: Configuration = Configuration()) throws(OutboundFailure) {
        guard let first = EasyHandle(), let multi = curl_multi_init() else {
            throw OutboundFailure(.other, .notSent, "libcurl could not start")
        }
        self.configuration = configuration
        courier = MailCourier(configuration)
        self.multi = multi
        idle = [first]
        _ = hl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, min(64, configuration.maxInFlight))
    }

    deinit {
        for flight in flights.values { curl_multi_remove_handle(multi, flight.easy.pointer) }
        flights = [:]
        idle = []
        curl_multi_cleanup(multi)
    }

    /// How many requests have begun and not been returned by `poll`.
    public var inFlight: Int { flights.count + ended.count + courier.count }

    /// Begins a request.
    public func start(_ request: HTTPRequest) -> RequestTicket {
        start { (ticket) throws(OutboundFailure) in try launch(request, ticket) }
    }

    /// Begins to hand a mail over, on another thread.
    public func start(_ mail: MailRequest) -> RequestTicket {
        lastNumber += 1
        let ticket = RequestTicket(number: lastNumber)
        courier.start(mail, ticket)
        return ticket
    }

    private func start(_ launch: (RequestTicket) throws(OutboundFailure) -> Void) -> RequestTicket {
        lastNumber += 1
        let ticket = RequestTicket(number: lastNumber)
        do throws(OutboundFailure) {
            try launch(ticket)
        } catch {
            ended.append(FinishedRequest(ticket: ticket, result: .failure(error)))
        }
        return ticket
    }

    /// Moves all requests on and returns those that ended; a mail's end may take 20 ms to be seen.
    public func poll(waiting milliseconds: Int, orReadable descriptor: Int32? = nil) -> [FinishedRequest] {
        advance()
        ended += courier.take()
        if ended.isEmpty && milliseconds > 0 {
            // Mails end on other threads, which wake nobody.
            let wait = courier.count > 0 ? min(milliseconds, 20) : milliseconds
            var other = curl_waitfd(fd: descriptor ?? -1, events: Int16(CURL_WAIT_POLLIN), revents: 0)
            curl_multi_poll(multi, &other, descriptor == nil ? 0 : 1, Int32(clamping: wait), nil)
            advance()
            ended += courier.take()
        }
        defer { ended = [] }
        return ended
    }

    /// Cancels every request in flight.
    public func cancelAll() {
        for (ticket, flight) in flights {
            let left = flight.transfer.mayHaveArrived(flight.easy)
            curl_multi_remove_handle(multi, flight.easy.pointer)
            let failure = OutboundFailure(.cancelled, left ? .mayHaveBeenSent : .notSent, "given up")
            ended.append(FinishedRequest(ticket: ticket, result: .failure(failure)))
        }
        flights = [:]
        courier.cancelAll()
    }

    /// Sends one request and waits for its end; requests that were in flight before move on and stay for `poll`.
    public func perform(_ request: HTTPRequest) throws(OutboundFailure) -> HTTPResponse {
        try wait(for: start(request))
    }

    /// Sends a request and waits for its end.
    public func reply(to request: HTTPRequest) -> Reply {
        do throws(OutboundFailure) { return .success(try perform(request)) } catch { return .failure(error) }
    }

    /// Hands one mail over, on this thread, and waits for its end.
    func perform(_ mail: MailRequest) throws(OutboundFailure) -> HTTPResponse {
        try wait(for: start { (ticket) throws(OutboundFailure) in try launch(mail, ticket) })
    }

    private func wait(for ticket: RequestTicket) throws(OutboundFailure) -> HTTPResponse {
        while true {
            advance()
            if let index = ended.firstIndex(where: { $0.ticket == ticket }) {
                return try ended.remove(at: index).result.get()
            }
            // Ends at the latest with the request's own total timeout.
            curl_multi_poll(multi, nil, 0, 1000, nil)
        }
    }

    private func launch(_ request: HTTPRequest, _ ticket: RequestTicket) throws(OutboundFailure) {
        if let flaw = request.flaw { throw OutboundFailure(.invalidRequest, .notSent, flaw) }
        let target = try target(of: request.url, schemes: ["https", "http"])
        let transfer = Transfer(ticket: ticket, responseLimit: request.responseLimit, guarded: isGuarded(target))
        try launch(transfer) { $0.prepare(request, transfer: transfer, configuration: configuration) }
    }

    private func launch(_ mail: MailRequest, _ ticket: RequestTicket) throws(OutboundFailure) {
        if let flaw = mail.flaw { throw OutboundFailure(.invalidRequest, .notSent, flaw) }
        let target = try target(of: mail.url, schemes: ["smtp", "smtps"])
        let transfer = Transfer(
            ticket: ticket, responseLimit: 0, guarded: isGuarded(target), upload: mail.message,
            needsUTF8: mail.needsUTF8)
        try launch(transfer) { $0.prepare(mail, transfer: transfer, configuration: configuration) }
    }

    private func isGuarded(_ target: RequestTarget) -> Bool {
        configuration.proxy == nil && !configuration.addressGuard.allows(target)
    }

    private func target(of url: String, schemes: [String]) throws(OutboundFailure) -> RequestTarget {
        guard let target = RequestTarget(connecting: url) else {
            throw OutboundFailure(.invalidRequest, .notSent, "the URL cannot be read")
        }
        guard schemes.contains(target.scheme) else {
            throw OutboundFailure(
                .invalidRequest, .notSent, "the URL's scheme is neither \(schemes.joined(separator: " nor "))")
        }
        guard let named = RequestTarget(url: url), named.isSame(as: target) else {
            throw OutboundFailure(.invalidRequest, .notSent, "the URL's host or port can be read in more than one way")
        }
        return target
    }

    private func launch(
        _ transfer: Transfer, prepare: (EasyHandle) -> CURLcode
    ) throws(OutboundFailure) {
        guard flights.count < configuration.maxInFlight else {
            throw OutboundFailure(.busy, .notSent, "\(configuration.maxInFlight) requests are in flight")
        }
        guard let easy = idle.popLast() ?? EasyHandle() else {
            throw OutboundFailure(.other, .notSent, "libcurl is out of memory")
        }
        let code = prepare(easy)
        guard code == CURLE_OK, curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
            throw OutboundFailure(.invalidRequest, .notSent, String(cString: curl_easy_strerror(code)))
        }
        flights[transfer.ticket] = Flight(easy: easy, transfer: transfer)
    }

    private func advance() {
        var running: Int32 = 0
        curl_multi_perform(multi, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle,
                let context = hl_easy_get_private(pointer)
            else { continue }
            let code = message.pointee.data.result
            let ticket = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().ticket
            if let flight = flights.removeValue(forKey: ticket) { land(flight, code) }
        }
    }

    private func land(_ flight: Flight, _ code: CURLcode) {
        let (easy, transfer) = (flight.easy, flight.transfer)
        let result: Result<HTTPResponse, OutboundFailure> =
            if code == CURLE_OK {
                .success(
                    HTTPResponse(
                        status: easy.long(CURLINFO_RESPONSE_CODE),
                        headers: dated(transfer.headers, at: SystemClock.wallMicroseconds()),
                        body: transfer.body + Array(transfer.reply.utf8),
                        firstByteAfter: easy.size(CURLINFO_PRETRANSFER_TIME_T),
                        finishedAfter: easy.size(CURLINFO_TOTAL_TIME_T)))
            } else {
                .failure(OutboundFailure(code, easy: easy, transfer: transfer))
            }
        ended.append(FinishedRequest(ticket: transfer.ticket, result: result))
        curl_multi_remove_handle(multi, easy.pointer)
        if idle.count < 64 { idle.append(easy) }
    }

    /// RFC 9110 section 6.6.1: an answer without a Date was made when it was received.
    private func dated(_ headers: [HTTPRequest.Header], at now: Int64) -> [HTTPRequest.Header] {
        if headers.contains(where: { $0.name.lowercased() == "date" }) { return headers }
        return headers + [HTTPRequest.Header("date", CivilDate.internetDate(microseconds: now))]
    }
}
