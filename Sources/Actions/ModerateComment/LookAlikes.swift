/// Letters of other scripts that look like Latin ones. Source: Unicode Technical Standard 39, confusables.txt
/// (https://www.unicode.org/Public/security/latest/confusables.txt), of which these are the Cyrillic and Greek letters
/// and a few Latin ones. Those of the standard that look like small capitals stand for the letter itself.
enum LookAlikes {
    /// The Latin letter that one looks like, in the same case or in lower case; itself for all others.
    static func latin(_ scalar: Unicode.Scalar) -> Unicode.Scalar { table[scalar] ?? scalar }

    private static let table: [Unicode.Scalar: Unicode.Scalar] = {
        let scripts = [
            // Cyrillic
            ("АВЕЅІЈКМНОРСТУХҮӀԌԚԜѴ", "abesijkmhopctyxylgqwv"),
            ("авеѕіјкмнорстухүӏԁһԛԝѡѵҽ", "abesijkmhopctyxyidhqwwve"),
            // Greek
            ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϜϹϺͿϒ", "abezhikmnoptyxfcmjy"), ("αβγεικνορτυχσςϲϳϱ", "abyeikvoptuxoocjp"),
            // Latin
            ("ıɑɡɩɪɯʏᴄᴏᴜᴠᴡᴢꜱ", "iagiiwycouvwzs"),
        ]
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (letters, latin) in scripts {
            for (letter, one) in zip(letters.unicodeScalars, latin.unicodeScalars) { table[letter] = one }
        }
        return table
    }()
}
