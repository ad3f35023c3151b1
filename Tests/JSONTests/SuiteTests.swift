import JSON
import Testing

/// The cases on which JSON readers are known to differ (Nicolas Seriot, "Parsing JSON is a Minefield"), by family: what
/// RFC 8259 demands to be taken, what it demands to be refused, and what it leaves to the reader.
@Suite("Cases on which readers differ")
struct SuiteTests {
    @Test(
        "Must be taken",
        arguments: [
            // arrays
            "[[]   ]", "[\"\"]", "[]", "[\"a\"]", "[false]", "[null, 1, \"1\", {}]", "[null]", "[1\n]", " [1]",
            "[1,null,null,null,2]", "[2] ",
            // numbers
            "[123e65]", "[0e+1]", "[0e1]", "[ 4]", "[-0.000000000000000000000000000000000000000000000000000000000001]",
            "[20e1]", "[-0]", "[-123]", "[-1]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[123.456e78]", "[1e-2]",
            "[1e+2]", "[123]", "[123.456789]",
            // objects
            #"{"asd":"sdf", "dfg":"fgh"}"#, #"{"asd":"sdf"}"#, #"{"a":"b","a":"c"}"#, #"{"a":"b","a":"b"}"#, "{}",
            #"{"":0}"#, #"{"foo\u0000bar": 42}"#, #"{ "min": -1.0e+28, "max": 1.0e+28 }"#, #"{"a":[]}"#,
            #"{"title":"\u041f\u043e\u043b" }"#, "{\n\"a\": \"b\"\n}",
            // strings
            #"["\u0060\u012a\u12AB"]"#, #"["\uD801\udc37"]"#, #"["\ud83d\ude39\ud83d\udc8d"]"#,
            #"["\"\\\/\b\f\n\r\t"]"#,
            #"["\\u0000"]"#, #"["\""]"#, "[\"a/*b*/c/*d//e\"]", #"["\\a"]"#, #"["\\n"]"#, #"["\u0012"]"#,
            #"["\uFFFF"]"#, "[\"asd\"]", "[ \"asd\"]", #"["\uDBFF\uDFFF"]"#, #"["new\u00A0line"]"#, "[\"\u{10FFFF}\"]",
            "[\"\u{FFFF}\"]", #"["\u0000"]"#, #"["\u002c"]"#, "[\"π\"]", "[\"\u{1BFFF}\"]", "[\"asd \"]", "\" \"",
            #"["\uD834\uDd1e"]"#, #"["\u0821"]"#, #"["\u0123"]"#, "[\"\u{2028}\"]", "[\"\u{2029}\"]",
            #"["\u0061\u30af\u30EA\u30b9"]"#, "[\"new\u{7F}line\"]", #"["\uA66D"]"#, #"["\u005C"]"#, "[\"⍂㈴⍂\"]",
            #"["\uDBFF\uDFFE"]"#, #"["\uD83F\uDFFE"]"#, #"["\u200B"]"#, #"["\u2064"]"#, #"["\uFDD0"]"#, #"["\uFFFE"]"#,
            #"["\u0022"]"#, "[\"€𝄞\"]", "[\"a\u{7F}a\"]",
            // structure
            "false", "42", "-0.1", "null", "\"asd\"", "true", "\"\"", "[\"a\"]\n", "[true]", " [] ",
        ])
    func taken(text: String) { #expect(accepts(Array(text.utf8))) }

    @Test(
        "Must be refused",
        arguments: [
            // arrays
            "[1 true]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]", "[\"x\"", "[x",
            "[3[4]]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[\"\u{B}a\"\\f]", "[*]",
            "[\"\"",
            "[1,", "[1,\n1\n,1", "[{}", "[fals]", "[nul]", "[tru]",
            // numbers
            "123\u{0}", "[++1234]", "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]",
            "[0.1.2]",
            "[0.3e+]", "[0.3e]", "[0.e1]", "[0E+]", "[0E]", "[0e+]", "[0e]", "[1.0e+]", "[1.0e-]", "[1.0e]",
            "[1 000.0]",
            "[1eE2]", "[2.e+3]", "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[\u{FF11}]", "[1+2]", "[0x1]",
            "[0x42]",
            "[Infinity]", "[0e+-1]", "[-123.123foo]", "[123e]", "[-Infinity]", "[-foo]", "[- 1]", "[-012]", "[-.123]",
            "[-1x]", "[1ea]", "[1.]", "[.123]", "[1.2a-3]", "[1.8011670033376514H-308]", "[012]",
            // objects
            "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}", "{\"x\"::\"b\"}", "{🇨🇭}", "{\"a\":\"a\" 123}",
            "{key: 'value'}", "{\"a\" b}", "{:\"b\"}", "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}", "{9999E9999:1}",
            "{null:null,null:null}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/",
            "{\"a\":\"b\"}/**//",
            "{\"a\":\"b\"}//", "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a",
            "{ \"foo\" : \"bar\", \"a\" }",
            "{\"a\":\"b\"}#", " ",
            // strings
            #"["\uD800\"]"#, #"["\uD800\u"]"#, #"["\uD800\u1"]"#, #"["\uD800\u1x"]"#, "[é]", "[\"\\\u{0}\"]",
            #"["\x00"]"#,
            #"["\\\"]"#, "[\"\\\t\"]", "[\"\\🌀\"]", #"["\"]"#, #"["\u00A"]"#, #"["\uD834\uDd"]"#,
            #"["\uD800\uD800\x"]"#,
            #"["\a"]"#, #"["\uqqqq"]"#, "[\\u0020\"asd\"]", "[\\n]", "\"", "['single quote']", "abc", "[\"\\",
            "[\"a\u{0}a\"]",
            "[\"new\nline\"]", "[\"\t\"]", #""\UA66D""#, "\"\"x",
            // structure
            "<.>", "[<null>]", "[1]x", "[1]]", "[\"asd]", "aå", "[True]", "1]", "{\"x\": true,", "[][]", "]",
            "{\"\":\"\"",
            "[", "[\u{0}]", "2@", "{}}", "{\"a\": true} \"x\"", "[{\"\":[{\"\":[", "[,", "[{", "[\"a", "[\"a\"", "{",
            "{]", "{,", "{[", "{\"a", "{'a'", "[\"\\{[\"\\{[\"\\{[\"\\{", "*", "{\"a\":\"b\"}#{}", "[\\u000A\"\"]",
            "{\"asd\":\"asd\"", "å", "[\u{2060}]", "[\u{C}]", "",
        ])
    func refused(text: String) { #expect(!accepts(Array(text.utf8))) }

    @Test("Bytes that are no UTF-8 are refused wherever they stand")
    func bytes() {
        let inside: [[UInt8]] = [
            [0xE5], [0xFF], [0xE9], [0xED, 0xA0, 0x80], [0xF4, 0xBF, 0xBF, 0xBF], [0x81], [0xC0, 0xAF],
            [0xFC, 0x83, 0xBF],
            [0xE0, 0xFF],
        ]
        for bytes in inside {
            for (before, after) in [
                ("[", "]"), ("[1", "]"), ("[0", ""), ("[\"", "\"]"), ("[\"\\u", "\"]"), ("{\"", "\":0}"),
            ] {
                #expect(!accepts(Array(before.utf8) + bytes + Array(after.utf8)))
            }
        }
        #expect(!accepts([0xEF, 0xBB, 0xBF]) && accepts([0xEF, 0xBB, 0xBF] + Array("{}".utf8)))
        #expect(!accepts([0x5B, 0x00, 0x22, 0x00, 0xE9, 0x00, 0x22, 0x00, 0x5D, 0x00]))
    }

    /// Halves of surrogate pairs and numbers of any size are taken: a sender's order counts for more than either.
    @Test(
        "What is left to the reader, and taken",
        arguments: [
            "[123.456e-789]", "[0.4e00669999999999999999999999999999999999999999]", "[-1e+9999]", "[1.5e+9999]",
            "[-123123123123123123123123123123]", "[100000000000000000000]",
            "[-237462374673276894279832749832423479823246327846]",
            #"{"\uDFAA":0}"#, #"["\uDADA"]"#, #"["\uD888\u1234"]"#, #"["\uD800\n"]"#, #"["\uDd1ea"]"#,
            #"["\uD800\uD800\n"]"#,
            #"["\ud800"]"#, #"["\ud800abc"]"#, #"["\uDd1e\uD834"]"#, #"["\uDFAA"]"#,
        ])
    func openTaken(text: String) { #expect(accepts(Array(text.utf8))) }

    @Test("What is left to the reader, and refused: 500 nested arrays")
    func openRefused() {
        #expect(!accepts(Array((String(repeating: "[", count: 500) + String(repeating: "]", count: 500)).utf8)))
    }
}
