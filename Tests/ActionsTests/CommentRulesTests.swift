import Testing

@testable import Actions

/// The rules of `moderate_comment`, without a database: texts that are in Normalization Form KC already.
@Suite struct CommentRulesTests {
    private let rules = CommentRules()

    private func decision(_ text: String, _ rules: CommentRules = CommentRules(), compatible: String? = nil) -> String {
        var texts = rules.texts(text)
        if let compatible { texts[0] = compatible }
        return rules.decide(text, compatible: texts).decision.rawValue
    }

    /// The guide's own program, line by line.
    private func guide(_ text: String) -> String {
        let lower = text.lowercased()
        let words = lower.split(whereSeparator: \.isWhitespace).map(String.init)
        if ["follow me", "click here", "free money"].contains(where: { lower.contains($0) })
            || words.contains(where: { ["badword1", "badword2"].contains($0) })
        {
            return "delete"
        }
        return words.count < 2 ? "review" : "allow"
    }

    @Test(arguments: [
        "This is a new comment", "Follow me for more", "please FOLLOW ME!!!", "CLICK HERE now", "Free Money",
        "carefree moneybags", "badword1", "you BadWord2 you", "badword1! you", "xbadword1 y", "nice", "", "  ", "🔥🔥🔥",
        "so good", "nice\u{A0}video", "nice\tvideo", "a b", "wow !", "follow\nme", "Straße frei",
    ]) func decidesAsTheGuide(text: String) {
        // A word before punctuation, and a phrase across a line end, are found here and not by the guide.
        let stricter = ["badword1! you", "follow\nme"]
        #expect(decision(text) == (stricter.contains(text) ? "delete" : guide(text)), "\(text)")
    }

    /// Whatever the guide deletes is deleted, and nothing it allows or keeps back for a person is turned around
    /// among plain texts.
    @Test func agreesWithTheGuideOnRandomTexts() {
        let parts = [
            "follow", "me", "free", "money", "badword1", "nice", "video", "Click", "here", "FREE", "a", "badword",
        ]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let count = Int.random(in: 0...5, using: &generator)
            let text = (0..<count).map { _ in parts.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            #expect(decision(text) == guide(text), "\(text)")
        }
    }

    @Test(arguments: [
        "f\u{200B}ree mo\u{200D}ney", "free\u{AD} money", "free   money", "free\u{3000}money", "free-money",
        "FREE... MONEY", "bad\u{200B}word1", "\"badword1\"", "(BADWORD2)", "badword1,badword2", "fr\u{FE0F}ee money",
    ]) func findsWhatIsHidden(text: String) { #expect(decision(text) == "delete", "\(text)") }

    @Test func compatibleLettersAreThePlainOnes() {
        #expect(decision("ＦＲＥＥ　ＭＯＮＥＹ", compatible: "FREE MONEY") == "delete")
        #expect(decision("𝐛𝐚𝐝𝐰𝐨𝐫𝐝𝟏 is bold", compatible: "badword1 is bold") == "delete")
    }

    /// Letters of other scripts that look Latin, in either case, on either side.
    @Test(arguments: [
        "bаdword1", "BАDWОRD1", "сlісk hеrе", "ϜRЕЕ ΜΟΝΕΥ", "frее mοnеy now", "fοllοw mе", "a bаdwоrd2, yes",
    ]) func lettersThatLookLatinAreLatin(text: String) {
        #expect(text.unicodeScalars.contains { !$0.isASCII })
        #expect(decision(text) == "delete", "\(text)")
        let other = CommentRules(spamPhrases: [text], profanityWords: [])
        let plain = ["badword1", "click here", "free money now", "follow me", "a badword2, yes"]
        #expect(plain.contains { decision($0, other) == "delete" }, "\(text)")
    }

    @Test func otherScriptsStayThemselves() {
        let rules = CommentRules(spamPhrases: ["Дешёвые ВИАГРА"], profanityWords: ["рот", "ΝΗΥ"])
        #expect(decision("дешёвые виагра тут", rules) == "delete")
        #expect(decision("дeшёвыe виaгpa тут", rules) == "delete", "Latin letters among Cyrillic ones")
        #expect(decision("νηυ ναι", rules) == "delete")
        #expect(decision("хороший ротор", rules) == "allow")
    }

    @Test(arguments: ["scunthorpe is nice", "badword12 is not it", "a badword is none", "meadow followers met"])
    func aWordInsideAnotherIsNone(text: String) {
        let rules = CommentRules(spamPhrases: [], profanityWords: ["badword1", "cunt", "low"])
        #expect(decision(text, rules) == "allow", "\(text)")
    }

    @Test func caseFoldsInAllScripts() {
        let rules = CommentRules(spamPhrases: ["ГРОШІ ДАРОМ"], profanityWords: ["Scheiße", "ΜΑΛΆΚΑΣ"])
        #expect(decision("гроші даром тут", rules) == "delete")
        #expect(decision("so eine SCHEISSE hier", rules) == "delete")
        #expect(decision("είσαι μαλάκας ρε", rules) == "delete")
    }

    @Test(arguments: [
        ("真好看", "allow"), ("这个视频真好看", "allow"), ("好", "review"), ("你好", "review"), ("すごい動画", "allow"),
        ("ดีมากครับ", "allow"), ("ดี", "review"), ("감사합니다", "review"), ("감사 합니다", "allow"), ("nice好看", "allow"),
    ]) func commentsWithoutSpacesAreNotOneWord(text: String, expected: String) {
        #expect(decision(text) == expected, "\(text)")
    }

    @Test func wordsOfScriptsWithoutSpacesAreFoundInside() {
        let rules = CommentRules(spamPhrases: ["加我微信"], profanityWords: ["坏话"])
        #expect(decision("快来加我微信吧", rules) == "delete")
        #expect(decision("这是坏话吗", rules) == "delete")
        #expect(decision("这不是什么话", rules) == "allow")
    }

    @Test func whatIsNotSeenIsNoWord() { #expect(decision("hi \u{200B} \u{2060}") == "review") }

    @Test func emptyListsAndNoLeastLengthAllowAll() {
        let rules = CommentRules(spamPhrases: [], profanityWords: [], leastWords: 0)
        #expect(decision("", rules) == "allow" && decision("free money badword1", rules) == "allow")
        #expect(decision("anything here", CommentRules(spamPhrases: ["", " "], profanityWords: [""])) == "allow")
    }

    @Test func theReasonNamesTheRule() {
        let decided = rules.decide("FREE money", compatible: rules.texts("FREE money"))
        #expect(decided.reason == "spam: free money")
        #expect(rules.decide("hm", compatible: rules.texts("hm")).reason == "fewer than 2 words")
    }
}
