import Crypto
import Verification

extension Keyring {
    /// Whether a credential is configured and equals this text, in constant time.
    func hasCredential(_ name: String, _ text: String) -> Bool {
        guard let credential = credentials[name], !credential.isEmpty else { return false }
        return credential.equals(Array(text.utf8))
    }
}
