import Outbound
import Testing

@Suite struct RequestTargetTests {
    @Test(arguments: [
        ("https://hooks.slack.com/services/T/B/x", "hooks.slack.com:443"),
        ("http://127.0.0.1:8080/a", "127.0.0.1:8080"),
        ("https://Shop.Example.com.:8443?x=@y", "shop.example.com:8443"),
        ("https://user:secret@example.com/", "example.com:443"),
        ("https://[::1]:9/x", "[::1]:9"),
        ("https://[2001:DB8::1]", "[2001:db8::1]:443"),
        ("smtp://mail.example.com:587", "mail.example.com:587"),
        ("smtps://mail.example.com", "mail.example.com:465"),
        ("https://xn--bcher-kva.example", "xn--bcher-kva.example:443"),
        ("https://bücher.example/", "bücher.example:443"),
        ("HTTPS://a_b.example:00443/", "a_b.example:443"),
        ("http://1password.com:/", "1password.com:80"),
    ])
    func names(_ url: String, _ place: String) {
        #expect(RequestTarget(url: url)?.description == place)
    }

    @Test(arguments: [
        "", "example.com", "https:/example.com", "https:example.com", "https:///example.com", "ftp://example.com",
        "file:///etc/passwd", "https://", "https://:443", "https://a b/", "https://a%2eb/", "https://a@b@c/",
        "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://127.0.0.01/",
        "https://a.0x7f", "https://256.0.0.1/", "https://a..b/", "https://.a/", "https://a:b/", "https://a:65536/",
        "https://a:-1/", "https://[::1/", "https://::1/", "https://[fe80::1%25eth0]/", "https://a\\@b/",
        "https://a\tb/", " https://a/", "https://a:1:2/", "https://a:+1/", "https://[::1]x/",
    ])
    func readsNothingThatIsReadInMoreThanOneWay(_ url: String) {
        #expect(RequestTarget(url: url) == nil)
    }

    @Test func aRequestHasTheNameOfItsPlace() {
        #expect(HTTPRequest(method: "GET", url: "https://a.example/?key=secret").destination == "a.example:443")
        #expect(HTTPRequest(method: "GET", url: "https://127.1/").destination == nil)
        func mail(_ host: String) -> MailRequest {
            MailRequest(host: host, port: 25, security: .none, sender: "a@b", recipients: ["c@d"], message: [])
        }
        #expect(mail("mail.example").destination == "mail.example:25")
        #expect(mail("/usr/sbin/sendmail").destination == "/usr/sbin/sendmail")
    }
}
