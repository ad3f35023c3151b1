import JSON
import Providers
import Testing
import Verification
import Webhooks

@Suite("TikTok for Developers, API for Business, and the comment guide")
struct TikTokAppTests {
    @Test("content is JSON inside a string; a removed authorization marks the account")
    func authorization() throws {
        let event = try read(
            #"{"client_key":"bwo2m45353a6k85","event":"authorization.removed","create_time":1615338610,"user_openid":"act.example","content":"{\"reason\": 1 }"}"#,
            by: "tiktok_developers")
        #expect(event.type == "authorization.removed" && event.subject == "account:act.example")
        #expect(event.shopID == "bwo2m45353a6k85" && event.occurredAt?.seconds == 1_615_338_610)
        #expect(event.dedupeKey.windowSeconds == nil)
        #expect(
            event.customer
                == Customer(id: "act.example", fields: [.status: "authorization.removed"], extra: ["reason": 1]))
        let deleted = try read(
            #"{"event":"authorization.removed","user_openid":"a","content":"{\"reason\":2}"}"#, by: "tiktok_developers")
        #expect(deleted.customer?.fields[.deleted] == true)
    }

    @Test(
        "Events",
        arguments: [
            ("video.publish.completed", "video.published"), ("video.upload.failed", "video.upload_failed"),
            ("portability.download.ready", "portability.download.ready"),
            ("post.publish.failed", "post.publish.failed"),
        ])
    func names(name: String, type: String) throws {
        let event = try read(
            #"{"event":"\#(name)","create_time":1752894700622,"content":"not JSON"}"#, by: "tiktok_developers")
        #expect(event.type == type && event.providerType == name && event.record == .none)
        #expect(event.occurredAt == Timestamp(milliseconds: 1_752_894_700_622))
    }

    @Test(
        "Comments of the API for Business",
        arguments: [
            ("insert", "comment.created", false as JSONValue?, 0), ("delete", "comment.deleted", true, 1),
            ("set_to_hidden", "comment.updated", nil, 0),
        ])
    func comments(action: String, type: String, deleted: JSONValue?, sequence: Int64) throws {
        let content =
            #"{\"comment_id\":7193456700000000001,\"video_id\":7193450000000000002,\"comment_type\":\"comment\",\"comment_action\":\"\#(action)\",\"unique_identifier\":\"u1\",\"timestamp\":1675350000123,\"text\":\"Nice\"}"#
        let event = try read(
            #"{"client_key":"k","event":"comment.update","create_time":1675350001,"user_openid":"o","content":"\#(content)"}"#,
            by: "tiktok_business")
        #expect(event.type == type && event.sequence == sequence)
        #expect(event.subject == "comment:7193456700000000001")
        #expect(event.occurredAt == Timestamp(milliseconds: 1_675_350_000_123))
        let comment = try #require(event.comment)
        #expect(comment.id == "7193456700000000001" && comment.fields[.videoID] == "7193450000000000002")
        #expect(comment.fields[.text] == "Nice" && comment.fields[.userID] == "u1")
        #expect(comment.fields[.deleted] == deleted && comment.fields[.status]?.string == action)
        #expect((comment.fields[.writtenAt] != nil) == (action == "insert"))
        #expect(comment.extra["comment_type"] == "comment")
    }

    @Test("The portal's test is answered, and no event; what else is there counts")
    func ping() throws {
        let provider = try #require(ProviderRegistry.named("tiktok_developers"))
        func challenge(_ body: String) throws -> Answer? {
            let received = delivery(body: Array(body.utf8))
            return try provider.challenge(provider.scheme.verify(received, keyring: ring, policy: .none, now: noon))
        }
        #expect(
            try challenge(
                #"{"event":"tiktok.ping","create_time":1752894700622,"content":"{\"reason\":\"testing Webhook\"}"}"#)
                == Answer(status: 200))
        #expect(try challenge(#"{"event":"video.upload.failed"}"#) == nil)
        #expect(try challenge("tiktok.ping") == nil)
    }

    @Test("The two are distinguished by the header of the schema")
    func recognized() {
        func names(_ headers: String...) -> [String] {
            let received = delivery(headers.map { HeaderFields.Field(name: $0, value: "x") }, body: [])
            return ProviderRegistry.all.filter { $0.name.hasPrefix("tiktok_") && $0.recognizes(received) }.map(\.name)
        }
        #expect(names("TikTok-Signature") == ["tiktok_developers"])
        #expect(names("TikTok-Signature", "Webhook-Schema-Version") == ["tiktok_business"])
        #expect(names("X-TikTok-Signature") == ["tiktok_comments_guide"])
    }

    private static let sample =
        #"{"type":"video_comment_created","comment_id":"c1","video_id":"v1","text":"This is a new comment","user_id":"u","username":"@username","created_at":1234567890}"#

    @Test("The guide's sample event, and a deletion of the same moment comes after it")
    func guide() throws {
        let event = try read(Self.sample, by: "tiktok_comments_guide")
        #expect(event.type == "comment.created" && event.occurredAt?.seconds == 1_234_567_890)
        #expect(
            event.comment
                == Webhooks.Comment(
                    id: "c1",
                    fields: [
                        .videoID: "v1", .text: "This is a new comment", .userID: "u", .username: "@username",
                        .writtenAt: "2009-02-13T23:31:30.000Z", .deleted: false,
                    ]))
        let deletion = try read(
            #"{"type":"video_comment_deleted","comment_id":"c1","created_at":1234567890}"#, by: "tiktok_comments_guide")
        #expect(deletion.type == "comment.deleted" && deletion.sequence > event.sequence)
        #expect(deletion.comment?.fields[.deleted] == true && deletion.comment?.fields[.text] == nil)
        let bare = try read(
            #"{"type":"video_comment_deleted","comment_id":"c1"}"#, by: "tiktok_comments_guide", window: 9)
        #expect(bare.occurredAt == nil && bare.dedupeKey.windowSeconds == 9)
    }

    @Test("The guide's answers")
    func answers() throws {
        let provider = TikTokCommentsGuideProvider()
        let event = try read(Self.sample, by: "tiktok_comments_guide")
        let receipt = Receipt(eventID: 1, orderRow: nil, isDuplicate: true)
        #expect(provider.answer(event, receipt, delivery(body: [])) == .json(200, ["status": "ok"]))
        for kind in [Refusal.Kind.missingSignature, .noSecretMatched] {
            #expect(provider.answer(Refusal(kind, "")) == .json(401, ["error": "Invalid signature"]))
        }
    }
}
