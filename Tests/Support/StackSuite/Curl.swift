package import LocalStack
import Patience
import Platform
import Testing

/// An HTTP answer, fetched with curl(1), an independent implementation.
package struct Answer {
    package let status: Int
    /// Names in lower case.
    package let headers: [(name: String, value: String)]
    package let body: String

    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

package struct Curl {
    private let certificate: String

    package init(_ stack: LocalStack) { certificate = stack.folder.certificate }

    /// Sends a request; nil when there was no answer.
    package func request(_ url: String, _ arguments: [String] = []) throws -> Answer? {
        let output = try ChildProcess.run(
            ChildCommand(
                ["curl", "-sS", "-i", "--noproxy", "*", "--max-time", "10", "--cacert", certificate] + arguments + [url]
            ))
        guard output.succeeded else { return nil }
        return Self.parse(output.text)
    }

    /// Sends a request that must be answered.
    package func get(_ url: String, _ arguments: [String] = []) throws -> Answer {
        try #require(try request(url, arguments), "no answer from \(url)")
    }

    /// Polls until the answer is the wanted one.
    package func poll(_ url: String, _ arguments: [String] = [], until isWanted: (Answer) -> Bool) throws -> Answer? {
        var answer: Answer?
        let isThere = try eventually {
            answer = try request(url, arguments)
            return answer.map(isWanted) == true
        }
        return isThere ? answer : nil
    }

    private static func parse(_ text: String) -> Answer? {
        // To Swift, CR LF is one character.
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)[...]
        var head: [String] = []
        // "100 Continue" is a head of its own before the answer's.
        repeat {
            head = Array(lines.prefix { !$0.isEmpty })
            lines = lines.dropFirst(head.count + 1)
        } while head.first?.contains(" 100") == true
        guard let status = head.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
        let headers = head.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        return Answer(status: status, headers: headers, body: lines.joined(separator: "\n"))
    }
}
