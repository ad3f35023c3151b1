extension StringProtocol where SubSequence == Substring {
    /// Without spaces, tabs and ends of lines at both ends.
    public var trimmed: Substring {
        func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" || character.isNewline }
        var text = drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }
}
