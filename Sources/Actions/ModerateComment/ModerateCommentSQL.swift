/// The statement on deletions.
enum ModerateCommentSQL {
    /// $1 effect key: the comment is gone already.
    static let isGone = """
        update hookledger.effects set state = 'done', answer = 'the sender says it is gone',
            finished_at = now()
        where effect_key = $1 and state <> 'done'
        """
}
