import Crypto
import JSON
import Providers
import Verification

/// Reads the scheme of a source with the provider `custom`, and the URL that a scheme may sign.
extension SourceReader {
    static let customName = "custom"

    /// The provider whose scheme the section describes.
    /// - Parameter section: the source's, or that of the provider.
    func custom(_ section: Section) -> (any Provider)? {
        guard let node = section["scheme"] else {
            section.error("scheme", "must describe how the deliveries of the provider custom are signed")
            return nil
        }
        do throws(SchemeErrors) {
            return EnvelopeProvider.custom(try Scheme(describing: node.json, name: Self.customName))
        } catch {
            for problem in error.problems {
                let path = ([section.path(of: "scheme")] + problem.path).joined(separator: ".")
                problems.error(node.line(at: problem.path[...]), "\(path) \(problem.message)")
            }
            return nil
        }
    }

    /// Reports a scheme that belongs to no provider.
    func checkScheme(_ section: Section, providers: [String]) {
        if section.has("scheme"), !providers.contains(Self.customName) {
            section.error("scheme", "is for the provider custom only: other providers have their own scheme")
        }
    }

    /// `url`, as the credential by which schemes know it.
    func notificationURL(_ section: Section) -> [String: SecretBytes] {
        guard let url = section.text("url") else { return [:] }
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            section.error(
                "url", "must be the full URL registered at the provider, such as https://shop.example/webhook")
            return [:]
        }
        return [Keyring.notificationURL: SecretBytes(utf8: url)]
    }
}

extension YAMLNode {
    /// The same as JSON; every single value as text.
    fileprivate var json: JSONValue {
        switch value {
        case .scalar(let scalar): return scalar.isNull ? .null : .string(scalar.text)
        case .sequence(let nodes): return .array(nodes.map(\.json))
        case .mapping(let entries):
            return .object(entries.reduce(into: JSONObject()) { $0[$1.key] = $1.value.json })
        }
    }

    /// The line of a path, or of its last existing step.
    fileprivate func line(at path: ArraySlice<String>) -> Int {
        guard let step = path.first else { return line }
        let rest = path.dropFirst()
        if let entry = mapping?.first(where: { $0.key == step }) {
            return rest.isEmpty ? entry.line : entry.value.line(at: rest)
        }
        guard let nodes = sequence, let position = Int(step), nodes.indices.contains(position) else { return line }
        return nodes[position].line(at: rest)
    }
}
