import JSON
import Verification
import Webhooks

extension VerifiedDelivery {
    /// Refuses a signed body that is not a JSON object.
    ///
    /// For contracts in which another text may have the same signature: a challenge's answer, or the same bytes split
    /// differently, without a separator between the parts. An object can be neither.
    /// - Parameter body: the body as it was read.
    func demand(object body: JSONObject?) throws(Refusal) {
        guard verdict.strength == .signature, body == nil else { return }
        throw Refusal(.invalidPayload, "the signed body is not a JSON object")
    }
}
