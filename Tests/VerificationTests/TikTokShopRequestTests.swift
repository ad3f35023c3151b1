import Crypto
import Foundation
import JSON
import Testing
import Verification

@Suite("Requests to TikTok Shop's own API")
struct TikTokShopRequestTests {
    @Test("The file's cases get the signatures that TikTok publishes")
    func vectors() throws {
        let file = try #require(
            Bundle.module.url(forResource: "request_signing", withExtension: "json", subdirectory: "Vectors"))
        let cases = try #require(try JSONValue(parsing: Array(Data(contentsOf: file))).array)
        #expect(cases.count == 3)
        for json in cases {
            let query = try #require(json["query"]?.object).members.map { ($0.key, $0.value.string ?? "") }
            let path = try #require(json["path"]?.string)
            let body = Array(try #require(json["body"]?.string).utf8)
            let secret = SecretBytes(utf8: try #require(json["secret"]?.string))
            for query in [query, query.reversed(), query + [("sign", "x"), ("access_token", "y")]] {
                let made = TikTokShopRequest.signature(path: path, query: query, body: body, appSecret: secret)
                #expect(made == json["sign"]?.string)
            }
            let other = TikTokShopRequest.signature(path: path, query: query, body: body + [0], appSecret: secret)
            #expect(other != json["sign"]?.string)
        }
    }
}
