import Crypto
import Jobs
import Outbound
import Platform
import Settings
import TestThreads
import Testing
import Webhooks

@testable import Actions

/// The functions of docs/consumers.md accept what is sent, also during a rotation, and nothing else.
@Suite(.blocking) struct ConsumerSnippetTests {
    /// A language: the name of its code in the document, the program that runs it, and what calls the function with
    /// the file of the body and the variables SECRET, ID, STAMP, SIGNATURE and NOW.
    struct Language: Sendable, CustomTestStringConvertible {
        let name, program, file, call: String
        var arguments: [String] = []

        var testDescription: String { name }
    }

    private static let languages = [
        Language(
            name: "python", program: "python3", file: "verify.py",
            call: """

                import os, sys
                e = os.environ
                fields = {"webhook-id": e["ID"], "webhook-timestamp": e["STAMP"], "webhook-signature": e["SIGNATURE"]}
                print("yes" if verify(e["SECRET"], fields, open(sys.argv[1], "rb").read(), int(e["NOW"])) else "no")
                """),
        Language(
            name: "javascript", program: "node", file: "verify.js",
            call: """

                const e = process.env;
                const fields = {
                  "webhook-id": e.ID, "webhook-timestamp": e.STAMP, "webhook-signature": e.SIGNATURE };
                const body = require("node:fs").readFileSync(process.argv[2]);
                console.log(verify(e.SECRET, fields, body, Number(e.NOW)) ? "yes" : "no");
                """),
        Language(
            name: "php", program: "php", file: "verify.php",
            call: """

                $fields = ['webhook-id' => getenv('ID'), 'webhook-timestamp' => getenv('STAMP'),
                    'webhook-signature' => getenv('SIGNATURE')];
                $body = file_get_contents($argv[1]);
                echo verify(getenv('SECRET'), $fields, $body, (int) getenv('NOW')) ? "yes" : "no";
                """),
        Language(
            name: "ruby", program: "ruby", file: "verify.rb",
            call: """

                fields = { "webhook-id" => ENV["ID"], "webhook-timestamp" => ENV["STAMP"],
                  "webhook-signature" => ENV["SIGNATURE"] }
                puts verify(ENV["SECRET"], fields, File.binread(ARGV[0]), ENV["NOW"].to_i) ? "yes" : "no"
                """),
        Language(
            name: "go", program: "go", file: "verify.go",
            call: """

                func main() {
                	names := map[string]string{
                		"webhook-id": "ID", "webhook-timestamp": "STAMP", "webhook-signature": "SIGNATURE"}
                	body, err := os.ReadFile(os.Args[1])
                	if err != nil {
                		panic(err)
                	}
                	now, _ := strconv.ParseInt(os.Getenv("NOW"), 10, 64)
                	header := func(name string) string { return os.Getenv(names[name]) }
                	if verify(os.Getenv("SECRET"), header, body, time.Unix(now, 0)) {
                		println2("yes")
                	} else {
                		println2("no")
                	}
                }

                func println2(text string) { os.Stdout.WriteString(text + "\\n") }
                """, arguments: ["run"]),
        Language(
            name: "java", program: "java", file: "Verify.java",
            call: """

                class Verify {
                    public static void main(String[] arguments) throws Exception {
                        Map<String, String> e = System.getenv();
                        Map<String, String> fields = Map.of("webhook-id", e.get("ID"), "webhook-timestamp",
                            e.get("STAMP"), "webhook-signature", e.get("SIGNATURE"));
                        byte[] body = java.nio.file.Files.readAllBytes(java.nio.file.Path.of(arguments[0]));
                        System.out.println(
                            Webhook.verify(e.get("SECRET"), fields, body, Long.parseLong(e.get("NOW"))) ? "yes" : "no");
                    }
                }
                """),
    ]

    private static let secret = "whsec_" + Base64.encode(Array(repeating: 7, count: 32))
    private static let before = "whsec_" + Base64.encode(Array(repeating: 9, count: 24))
    private static let now = Timestamp(microseconds: 1_800_000_123_000_000)

    /// The code of a language in the document.
    private static func code(_ language: Language) throws -> String {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let text = try Files.readText(root + "/docs/consumers.md")
        var lines: [Substring]? = nil
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let found = lines {
                if line == "```" { return found.joined(separator: "\n") + "\n" }
                lines?.append(line)
            } else if line == "```\(language.name)" {
                lines = []
            }
        }
        return ""
    }

    /// What the function says of a request.
    private func judge(
        _ language: Language, _ folder: String, _ request: HTTPRequest, body: [UInt8]? = nil, secret: String,
        seconds: Int64 = 0
    ) throws -> String {
        try Files.write(folder + "/body", body ?? request.body ?? [])
        func header(_ name: String) -> String { request.headers.first { $0.name == name }?.value ?? "" }
        let variables = [
            "ID=" + header("webhook-id"), "STAMP=" + header("webhook-timestamp"),
            "SIGNATURE=" + header("webhook-signature"), "SECRET=" + secret, "NOW=\(Self.now.seconds + seconds)",
            "GOCACHE=" + folder + "/cache",
        ]
        let output = try ChildProcess.run(
            ChildCommand(
                ["env"] + variables + [language.program] + language.arguments
                    + [folder + "/" + language.file, folder + "/body"], folder: folder), timeout: .seconds(240))
        return output.text.split(separator: "\n").last.map(String.init) ?? output.errorText
    }

    private func request(_ keys: String) throws -> HTTPRequest {
        let settings = try Configured.settings(
            "actions:\n  erp: { kind: http, url: \"https://erp.example/in\", \(keys) }",
            ["NEW": Self.secret, "OLD": Self.before])
        let action = try #require(ActionTable.actions(settings).first { $0.name == "erp" })
        let subject = Subjects.subject(body: "{\"name\": \"Zoë \\u20ac\", \"n\": 1.50}")
        guard case .request(let request) = action.prepare(subject, now: Self.now) else { throw Missing() }
        return request
    }

    struct Missing: Error {}

    @Test(arguments: languages) func aConsumerVerifies(_ language: Language) throws {
        let program = try ChildProcess.run(ChildCommand(["which", language.program]))
        guard program.succeeded else {
            return print("docs/consumers.md, \(language.name): skipped, because there is no \(language.program)")
        }
        let folder = try Files.makeTemporaryFolder("snippet")
        defer { try? Files.remove(folder) }
        let code = try Self.code(language)
        try #require(!code.isEmpty)
        let whole =
            switch language.name {
            case "go": code.replacing("import (\n", with: "import (\n\t\"os\"\n") + language.call
            // Java runs the first class of a file.
            case "java": code.replacing("class Webhook", with: language.call + "\n\nclass Webhook")
            default: code + language.call
            }
        try Files.write("\(folder)/\(language.file)", text: whole + "\n")
        let both = try request("secret: { env: NEW }, previous_secret: { env: OLD }")
        let one = try request("secret: { env: NEW }")
        #expect(try judge(language, folder, both, secret: Self.secret) == "yes")
        #expect(try judge(language, folder, both, secret: Self.before) == "yes", "during the rotation")
        #expect(try judge(language, folder, one, secret: Self.secret) == "yes")
        #expect(try judge(language, folder, one, secret: Self.before) == "no", "after the rotation")
        var forged = both.body ?? []
        forged[0] ^= 1
        #expect(try judge(language, folder, both, body: forged, secret: Self.secret) == "no")
        #expect(try judge(language, folder, both, secret: Self.secret, seconds: 301) == "no")
        #expect(try judge(language, folder, both, secret: Self.secret, seconds: -301) == "no")
    }
}
