import FastCGIClient
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

/// FastCGI records straight to the socket of the real responder: what nginx would never send. Nothing half or forged is
/// stored, what is whole is stored once, and the process lives.
@Suite(.serialized, .stack { try TestStack.useRealPrograms(&$0) }) struct RawRecordTests: StackUser {
    let stack: LocalStack
    private let shop: Shop
    private let responder: Int32

    init() throws {
        stack = try TestStack.ofSuite()
        shop = try Shop(stack)
        responder = try #require(try TestStack.processes(stack.folder)["ingest"])
    }

    private var socket: String { stack.state.sockets + "/ingest.sock" }

    /// The request that nginx makes of a signed delivery.
    private func request(_ delivery: ShopDelivery, contentLength: Int? = nil) -> (head: [UInt8], body: [UInt8]) {
        let fields = delivery.headers(shop.credentials, signedAt: Shop.now).map { name, value in
            ("HTTP_" + name.uppercased().replacing("-", with: "_"), value)
        }
        let body = Array(delivery.body.utf8)
        let pairs = Records.usualParameters(
            "POST", "/webhook/tiktok", contentLength: contentLength ?? body.count, more: fields)
        return (Records.begin() + Records.parameters(pairs), body)
    }

    /// Sends bytes, ends the sending side, takes what comes back.
    @discardableResult
    private func provoke(_ bytes: [UInt8]) throws -> FastCGIClient.Answer {
        let connection = try RawConnection(socket: socket)
        connection.send(bytes)
        connection.finishSending()
        return FastCGIClient.Answer(try connection.receive())
    }

    /// Nothing of the orders is stored, and the same process still takes a good one.
    private func expectNothingStored(of order: String) throws {
        #expect(try stored(order) == 0)
        let (head, body) = request(.guide("after-\(order)", "UNPAID", at: Shop.now))
        #expect(try provoke(head + Records.standardInput(body)).status == 200)
        #expect(try TestStack.processes(stack.folder)["ingest"] == responder)
        #expect(ProcessIdentity(of: responder) != nil)
    }

    private func stored(_ order: String) throws -> Int {
        try books.count("select count(*) from events where convert_from(body, 'UTF8') like '%\"\(order)\"%'")
    }

    @Test func aRequestCutAtAnyByteIsNotStored() throws {
        let (head, body) = request(.guide("cut", "UNPAID", at: Shop.now, amount: "1"))
        let whole = head + Records.standardInput(body)
        for length in 0..<whole.count {
            let answer = try provoke(Array(whole[..<length]))
            try #require(answer.status == nil || answer.status == 400 || answer.status == 429, "cut at \(length)")
        }
        try expectNothingStored(of: "cut")
        for _ in 0..<3 { #expect(try provoke(whole).status == 200) }
        #expect(try stored("cut") == 1)
    }

    /// A shorter body than announced, also one that is signed as it is.
    @Test func aShortBodyIsNotStored() throws {
        let delivery = ShopDelivery.guide("short", "UNPAID", at: Shop.now)
        let whole = request(delivery)
        for missing in [1, 7, whole.body.count] {
            let answer = try provoke(whole.head + Records.standardInput(Array(whole.body.dropLast(missing))))
            #expect(answer.status == 400)
        }
        let long = request(delivery, contentLength: whole.body.count + 1)
        #expect(try provoke(long.head + Records.standardInput(whole.body)).status == 400)
        let cut = request(delivery, contentLength: whole.body.count - 1)
        #expect(try provoke(cut.head + Records.standardInput(whole.body)).status == 400)
        try expectNothingStored(of: "short")
    }

    /// The body of a refused request is made of valid, signed requests: whatever is left unread must not run.
    @Test(arguments: [0, Records.keepConnection]) func forgedRecordsInABodyAreNotRun(_ flags: UInt8) throws {
        let (head, body) = request(.guide("smuggled", "UNPAID", at: Shop.now))
        let smuggled = head + Records.standardInput(body)
        for uri in ["/webhook/tiktok", "/webhook/nobody", "/health", "/"] {
            for filler in stride(from: 0, to: 8_400, by: 41) {
                let copies = [UInt8](repeating: 0, count: filler) + smuggled + smuggled
                let answer = try provoke(Records.request("POST", uri, body: copies, flags: flags))
                try #require(answer.ended.count <= 1, "\(uri) \(filler)")
            }
        }
        let oversized = (0..<1_800).flatMap { _ in smuggled }
        #expect(oversized.count > 1 << 20)
        let answer = try provoke(Records.request("POST", "/webhook/tiktok", body: oversized, flags: flags))
        #expect(answer.status == 413 || answer.status == 429)
        try expectNothingStored(of: "smuggled")
    }

    @Test(arguments: [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x00, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xFF, 0xFF, 0xFF, 0xFE, 0x80, 0x00, 0x00, 0x01], [0xFF],
    ])
    func hugeLengths(_ lengths: [UInt8]) throws {
        let parameters = Records.stream(type: 4, content: lengths + Array("NAME".utf8))
        #expect(try provoke(Records.begin() + parameters + Records.standardInput([])).status != 200)
        let (_, body) = request(.guide("huge", "UNPAID", at: Shop.now))
        for announced in [1 << 40, Int.max, -1] {
            let (head, _) = request(.guide("huge", "UNPAID", at: Shop.now), contentLength: announced)
            let status = try provoke(head + Records.standardInput(body)).status
            #expect(status != nil && status != 200, "\(announced)")
        }
        try expectNothingStored(of: "huge")
    }

    @Test func tenThousandParameters() throws {
        let more = (0..<10_000).map { ("P\($0)", String($0)) }
        let answer = try provoke(Records.request("POST", "/webhook/tiktok", body: Array("{}".utf8), more: more))
        #expect(answer.status == 401 || answer.status == 429)
        try expectNothingStored(of: "parameters")
    }

    @Test func abortedRequestsAndManagementRecords() throws {
        let (head, body) = request(.guide("aborted", "UNPAID", at: Shop.now))
        let part = Records.record(type: 5, content: Array(body.dropLast()))
        for start in [[], Records.begin(), head, head + part, head + Records.record(type: 5, content: body)] {
            #expect(try provoke(start + Records.abort() + Records.record(type: 5)).status != 200)
        }
        let values = Records.getValues(["FCGI_MAX_CONNS", "FCGI_MPXS_CONNS"])
        #expect(try provoke(values + head + Records.standardInput(body)).status != 200)
        try expectNothingStored(of: "aborted")
    }

    /// NUL bytes can be in a body that is signed; no shell can send them.
    @Test func aBodyWithNulIsKeptAsItIs() throws {
        let (head, body) = request(ShopDelivery(.guide, body: "nul \u{0} in \u{0}"))
        #expect(try provoke(head + Records.standardInput(body)).status == 200)
        let kept = "select type, encode(body, 'hex') from events where position('\\x6e756c20'::bytea in body) = 1"
        #expect(try books.lines(kept) == ["unrecognized|6e756c200020696e2000"])
    }
}
