import Settings

/// What is to be done about a comment.
enum CommentDecision: String, Sendable {
    case allow
    /// A person is to decide.
    case review
    case delete
}

/// The rules of the comment moderation guide: spam phrases and profanity are deleted, what is shorter than two words is
/// for a person, the rest is allowed.
///
/// What the guide's own program deletes is deleted here, too: a phrase counts anywhere in the text, in
/// whatever case, and a word where it stands between white space. Beyond that both count in other spellings (see
/// ``CommentText``), across any white space and punctuation.
struct CommentRules: Sendable {
    let spamPhrases: [String]
    let profanityWords: [String]
    let leastWords: Int

    /// The lists of the guide.
    static let defaultSpamPhrases = ["follow me", "click here", "free money"]
    static let defaultProfanityWords = ["badword1", "badword2"]
    static let defaultLeastWords = 2

    init(_ settings: ActionSettings) {
        let written = Set(settings.values.keys)
        self.init(
            spamPhrases: written.contains("spam_phrases") ? settings.list("spam_phrases") : Self.defaultSpamPhrases,
            profanityWords: written.contains("profanity_words")
                ? settings.list("profanity_words") : Self.defaultProfanityWords,
            leastWords: settings.integer("min_words") ?? Self.defaultLeastWords)
    }

    /// - Parameter leastWords: a comment of fewer words is for a person.
    init(
        spamPhrases: [String] = defaultSpamPhrases, profanityWords: [String] = defaultProfanityWords,
        leastWords: Int = defaultLeastWords
    ) {
        self.spamPhrases = spamPhrases
        self.profanityWords = profanityWords
        self.leastWords = leastWords
    }

    /// All texts whose normalized forms ``decide(_:compatible:)`` needs, the comment's own first.
    func texts(_ comment: String) -> [String] { [comment] + spamPhrases + profanityWords }

    /// Decides about a comment.
    ///
    /// - Parameter compatible: ``texts(_:)`` in Normalization Form KC, in the same order.
    func decide(_ comment: String, compatible: [String]) -> (decision: CommentDecision, reason: String) {
        let text = CommentText(comment, compatible: compatible.first ?? comment)
        let others = compatible.dropFirst().map { CommentText($0, compatible: $0) }
        for (phrase, other) in zip(spamPhrases, others) where text.holds(phrase: phrase, other) {
            return (.delete, "spam: \(phrase)")
        }
        for (word, other) in zip(profanityWords, others.dropFirst(spamPhrases.count))
        where text.holds(word: word, other) {
            return (.delete, "profanity: \(word)")
        }
        if text.wordCount < leastWords { return (.review, "fewer than \(leastWords) words") }
        return (.allow, "nothing speaks against it")
    }
}
