import JSON
import LogLines
import Logging
import Synchronization
import Testing
import Webhooks

@Suite("Log lines")
struct JSONLineHandlerTests {
    /// What was written.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func write(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private let lines = Lines()

    private func logger(_ level: Logger.Level = .info, provider: Logger.MetadataProvider? = nil) -> Logger {
        let lines = lines
        return Logger(label: "test") { _ in
            var handler = JSONLineHandler(
                level: level, now: { Timestamp(microseconds: 1_766_916_000_123_456) }, write: lines.write)
            handler.metadataProvider = provider
            return handler
        }
    }

    private struct Broken: Error {}

    @Test("time, level and message come first, then the metadata by name, numbers as numbers")
    func line() {
        logger().notice(
            "Webhook processed successfully",
            metadata: [
                "source": "tiktok-shop", "duration_ms": .stringConvertible(1.5), "attempt": .stringConvertible(2),
                "again": .stringConvertible(false), "ids": ["7", "8"], "nested": ["b": "2", "a": "1"],
            ])
        #expect(
            lines.all == [
                #"{"time":"2025-12-28T10:00:00.123Z","level":"notice","message":"Webhook processed successfully","#
                    + #""again":false,"attempt":2,"duration_ms":1.5,"ids":["7","8"],"nested":{"a":"1","b":"2"},"#
                    + #""source":"tiktok-shop"}"#
            ])
    }

    @Test("a message cannot make a second line, nor metadata another level")
    func injection() throws {
        logger().info("a\nb\r\u{0}\u{1B}[31m", metadata: ["level": "critical", "x\n": "y\n"])
        let line = try #require(lines.all.first)
        #expect(!line.utf8.contains { $0 < 0x20 })
        #expect(line.contains(#""level":"info""#))
        #expect(line.contains(#""level_":"critical""#))
        #expect(line.contains(#""message":"a\nb\r\u0000\u001b[31m""#))
    }

    @Test("numbers that JSON does not have become text")
    func numbers() {
        logger().info("x", metadata: ["a": .stringConvertible(Double.nan), "b": .stringConvertible(-Double.infinity)])
        #expect(lines.all.first?.hasSuffix(#""a":"nan","b":"-inf"}"#) == true)
    }

    @Test("below the level nothing is written, and the message's metadata counts most")
    func precedence() {
        var logger = logger(.warning, provider: Logger.MetadataProvider { ["a": "provider", "b": "provider"] })
        logger[metadataKey: "a"] = "logger"
        logger[metadataKey: "c"] = "logger"
        logger.info("quiet")
        #expect(lines.all.isEmpty)
        logger.warning("loud", metadata: ["b": "message"])
        #expect(lines.all.first?.hasSuffix(#""a":"provider","b":"message","c":"logger"}"#) == true)
    }

    @Test("an error is shown")
    func error() {
        logger().error("failed", error: Broken())
        #expect(lines.all.first?.contains(#""error":"Broken()""#) == true)
    }
}
