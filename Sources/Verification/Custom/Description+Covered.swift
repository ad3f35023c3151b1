import Crypto
import JSON

/// Descriptions of schemes whose senders say what they sign (RFC 9421).
extension DescriptionReader {
    private static let keysOfCovered = ["covered", "algorithm", "key", "key_prefix", "id", "tag", "tolerance"]

    private static let registeredAlgorithms: [(word: String, value: Scheme.Algorithm)] = {
        let algorithms: [Scheme.Algorithm] = [
            .hmac(.sha256), .publicKey(.ed25519), .publicKey(.ecdsaP256SHA256), .publicKey(.rsaPSSSHA512),
            .publicKey(.rsaSHA256),
        ]
        return algorithms.compactMap { algorithm in algorithm.registeredName.map { ($0, algorithm) } }
    }()

    /// The scheme.
    /// - Returns: nil after a report of what is wrong.
    func messageSignatures(name: String) -> Scheme? {
        reportUnknownKeys(Self.keysOfCovered)
        let components = components()
        let algorithm = choice("algorithm", Self.registeredAlgorithms) ?? .hmac(.sha256)
        let id = text("id").flatMap { headerName($0, at: ["id"]) }
        if let id, !components.contains(id) {
            report(["id"], "is not covered, so anybody could change it: add \(id) to covered")
        }
        return .messageSignatures(
            name: name, algorithm, key: key(for: algorithm),
            rule: SignatureRule(components: components, tag: text("tag"), id: id), tolerance: tolerance())
    }

    private func components() -> [String] {
        guard let elements = self["covered"]?.array, !elements.isEmpty else {
            report(["covered"], "must be a list of components, such as [\"@method\", \"@path\", content-digest]")
            return []
        }
        let components = elements.enumerated().compactMap { position, value in
            text(value, at: ["covered", String(position)]).flatMap { component($0, at: ["covered", String(position)]) }
        }
        for (position, name) in components.enumerated() where components[..<position].contains(name) {
            report(["covered", String(position)], "is there twice")
        }
        if components.count == elements.count, !components.contains("content-digest") {
            report(["covered"], "must have content-digest: otherwise anybody could change the body")
        }
        if components.count > StructuredFieldReader.mostItems {
            report(["covered"], "has more than \(StructuredFieldReader.mostItems) components")
        }
        return components
    }

    private func component(_ text: String, at path: [String]) -> String? {
        guard text.hasPrefix("@") else { return headerName(text, at: path) }
        if SignatureRule.derivedComponents.contains(text) { return text }
        report(path, "must be a header, or one of \(SignatureRule.derivedComponents.joined(separator: ", "))")
        return nil
    }
}
