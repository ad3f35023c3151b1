import JSON
import LoadClient
import LocalStack
import Platform
import StackSuite
import Testing

extension Attacks {
    /// Random bytes in everything that the access log repeats: each line is still one JSON object.
    @Test func theAccessLogStaysJSONForAnyByte() async throws {
        try await attack(6, "random bytes in what the access log repeats") { count in
            var random = SystemRandomNumberGenerator()
            let port = try #require(stack.state.plainURL.split(separator: ":").last)
            var requests: [[UInt8]] = []
            for number in 0..<400 {
                let one = number % 256
                func bytes(_ most: Int) -> [UInt8] {
                    let free = (0..<Int.random(in: 0...most, using: &random)).map { _ in
                        UInt8.random(in: 1...255, using: &random)
                    }
                    return ([UInt8(one == 0 ? 1 : one)] + free).filter { $0 != 0x0A && $0 != 0x0D }
                }
                let target = bytes(40).filter { $0 != 0x20 }
                let agent = bytes(200)
                requests.append(
                    Array("POST /webhook/".utf8) + target + Array(" HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ".utf8)
                        + agent
                        + Array("\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".utf8))
            }
            try Files.write(
                stack.folder.path + "/bytes",
                requests.reduce(into: []) { $0 += Array("\($1.count)\n".utf8) + $1 }, durable: false)
            let script = """
                import socket, sys
                data = open(sys.argv[2], "rb").read()
                while data:
                    length, data = data.split(b"\\n", 1)
                    request, data = data[:int(length)], data[int(length):]
                    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10); s.sendall(request)
                    while s.recv(65536): pass
                """
            let sent = try ChildProcess.run(
                ChildCommand(["python3", "-c", script, String(port), stack.folder.path + "/bytes"]))
            #expect(sent.succeeded, "\(sent.errorText)")
            let lines = try Files.read(stack.folder.log("nginx-access"), limit: 1 << 30).split(separator: 0x0A)
            #expect(lines.count >= 400)
            for line in lines {
                let isObject = (try? JSONValue(parsing: Array(line)))?.object?["request_id"] != nil
                count.expect(isObject, "a line that is no JSON: \(String(decoding: line.prefix(300), as: UTF8.self))")
            }
            let python = try ChildProcess.run(
                ChildCommand([
                    "python3", "-c",
                    "import json,sys\nfor line in open(sys.argv[1], 'rb'): json.loads(line.decode('utf-8'))",
                    stack.folder.log("nginx-access"),
                ]))
            count.expect(python.succeeded, "another reader refuses the log: \(python.errorText)")
        }
    }
}
