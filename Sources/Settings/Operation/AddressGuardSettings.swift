/// Which private addresses actions may reach; all others are refused (server-side request forgery).
public struct AddressGuardSettings: Sendable, Hashable {
    /// Hosts, in lower case, with a port to restrict it: `printify.test`, `127.0.0.1:8025`.
    public let allowPrivateHosts: [String]

    static func read(_ root: Section) -> AddressGuardSettings {
        guard let section = root.section("address_guard", keys: AddressGuardKeys.section.names) else {
            return AddressGuardSettings(allowPrivateHosts: [])
        }
        let hosts = (section.texts("allow_private_hosts") ?? []).compactMap { text, line -> String? in
            if DestinationName.isValid(text) { return text.lowercased() }
            section.problems.error(
                line,
                "\(section.path(of: "allow_private_hosts")) must hold hosts such as localhost or 127.0.0.1:8025, "
                    + "not \(section.quoted(text))")
            return nil
        }
        return AddressGuardSettings(allowPrivateHosts: hosts)
    }
}
