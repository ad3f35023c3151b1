import Crypto
import Settings
import Testing
import Verification

@Suite("The file of variables")
struct EnvironmentFileTests {
    /// What DB_NAME means in a line, seen through the connection string.
    private func value(_ line: String) throws -> String {
        try Machine(files: ["/etc/hookledger/.env": line]).load().database.connection(for: .owner).visible
    }

    @Test(
        "how lines are read",
        arguments: [
            ("DB_NAME=plain", "plain"),
            ("  export DB_NAME=x # comment", "x"),
            ("export\tDB_NAME=x", "x"),
            ("DB_NAME=a#b", "a#b"),
            ("DB_NAME='#b'  # c", "#b"),
            ("DB_NAME=\"a\\\"b\"", "a\"b"),
            ("DB_NAME=\"$HOME\\$x\"", "$HOME$x"),
            ("DB_NAME=a=b", "a=b"),
            ("DB_NAME = x", nil),
            ("# DB_NAME=x\n\nDB_NAME=y\r", "y"),
            ("DB_NAME=first\nDB_NAME=last", "last"),
        ] as [(String, String?)])
    func lines(_ line: String, _ expected: String?) throws {
        if let expected {
            #expect(try value(line) == "dbname=\(expected)")
        } else {
            #expect(throws: SettingsErrors.self) { try value(line) }
        }
    }

    @Test("written on Windows, with a byte order mark and two characters at each line's end")
    func windows() throws {
        let file = "\u{FEFF}# secrets\r\nDB_USER=shop\r\n\r\nDB_NAME='orders'\r\nexport DB_PASSWORD=\"a b\" # c\r\n"
        let read = try Machine(files: ["/etc/hookledger/.env": file]).load().database.connection(for: .owner).visible
        let unix = file.replacing("\r\n", with: "\n").replacing("\u{FEFF}", with: "")
        #expect(
            try read == Machine(files: ["/etc/hookledger/.env": unix]).load().database.connection(for: .owner).visible)
        #expect(read.contains("user=shop") && read.contains("dbname=orders"))
        let error = #expect(throws: SettingsErrors.self) {
            try Machine(files: ["/etc/hookledger/.env": "DB_NAME=x\r\n\r\njust text\r\n"]).load()
        }
        #expect(
            try #require(error).errors.map(\.description) == ["/etc/hookledger/.env:3: is not of the form NAME=value"])
    }

    @Test("values that libpq must not take apart are quoted")
    func quoting() throws {
        #expect(try value("DB_NAME='a b'") == "dbname='a b'")
        #expect(try value(#"DB_NAME="it's \\""#) == #"dbname='it\'s \\'"#)
    }

    @Test(
        "mistakes",
        arguments: [
            ("just text", "is not of the form NAME=value"),
            ("1X=y", "is not of the form NAME=value"),
            ("=y", "is not of the form NAME=value"),
            ("A='x", "A has a quote that is not closed, or text after the closing one; fix the quotes"),
            ("A=\"x\" y", "A has a quote that is not closed, or text after the closing one; fix the quotes"),
            ("NODE_ENV=test", "NODE_ENV must be production or development"),
            ("RATE_LIMIT_WINDOW_MS=soon", "RATE_LIMIT_WINDOW_MS must be a whole number from 1000 to 86400000"),
            ("RATE_LIMIT_MAX_REQUESTS=0", "RATE_LIMIT_MAX_REQUESTS must be a whole number from 1 to 1000000"),
            ("FRONTEND_URL=example.com", "FRONTEND_URL must be an origin such as https://example.com"),
            ("WEBHOOK_AUTO_SYNC_PRODUCTS=maybe", "WEBHOOK_AUTO_SYNC_PRODUCTS must be true or false"),
        ])
    func mistakes(_ line: String, _ message: String) throws {
        let error = #expect(throws: SettingsErrors.self) {
            try Machine(files: ["/etc/hookledger/.env": "\n\(line)\n"]).load()
        }
        #expect(try #require(error).errors.map(\.description) == ["/etc/hookledger/.env:2: \(message)"])
    }

    @Test("is refused when everyone can read or write it", arguments: [0o644, 0o602, 0o777] as [UInt32])
    func mode(_ mode: UInt32) throws {
        var machine = Machine(files: ["/etc/hookledger/.env": "DB_NAME=x\n"])
        machine.modes["/etc/hookledger/.env"] = mode
        let error = #expect(throws: SettingsErrors.self) { try machine.load() }
        #expect(
            try #require(error).errors.map(\.description) == [
                "/etc/hookledger/.env: holds secrets and is accessible to every user of this machine; run: chmod 640 "
                    + "'/etc/hookledger/.env'"
            ])
        machine.modes["/etc/hookledger/.env"] = 0o640
        #expect(try machine.load().database.connection(for: .batch).conninfo == "dbname=x user=hookledger_batch")
    }

    @Test("a file that cannot be read, or is no text, is reported")
    func unreadable() throws {
        var machine = Machine(files: ["/etc/hookledger/.env": "A=b"])
        machine.unreadable = ["/etc/hookledger/.env"]
        #expect(
            machine.problems.contains(
                "/etc/hookledger/.env: cannot be read: Permission denied; give the service's group read access"))
        machine = Machine(files: ["/etc/hookledger/hookledger.env": String(repeating: "#", count: 300_000)])
        #expect(
            machine.problems.contains(
                "/etc/hookledger/hookledger.env: is not UTF-8 text, or larger than 262144 bytes; write NAME=value lines"
            ))
    }

    @Test("a secret's file is refused too when everyone can read it")
    func secretFile() throws {
        var machine = Machine(
            "sources: { a: { providers: tiktok_shop_guide, secrets: { file: /s } } }", files: ["/s": "x"])
        machine.modes["/s"] = 0o644
        let error = #expect(throws: SettingsErrors.self) { try machine.load() }
        #expect(
            try #require(error).errors.map(\.description) == [
                "/s: holds secrets and is accessible to every user of this machine; run: chmod 640 '/s'"
            ])
    }

    @Test(
        "a secret's file may come from Windows",
        arguments: ["s3cr3t", "s3cr3t\r\n", "\u{FEFF}s3cr3t\r\n", "\u{FEFF}s3cr3t"])
    func secretFileFromWindows(text: String) throws {
        let yaml = "sources: { a: { providers: tiktok_shop_guide, secrets: { file: /s } } }"
        let source = try #require(try Machine(yaml, files: ["/s": text]).load().sources.first { $0.name == "a" })
        #expect(source.contract.keyring.secrets.first?.secret.equals(Array("s3cr3t".utf8)) == true)
    }
}
