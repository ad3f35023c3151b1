import JSON
import Verification
import Webhooks

extension VerifiedDelivery {
    /// Refuses a signed body that is no JSON object.
    ///
    /// For contracts by which another text than a body may bear the same signature: a challenge's answer, or bytes that
    /// were cut up differently, with no separator between the parts. An object can be neither, nor a part of an object.
    /// - Parameter body: the body as it was read.
    func demand(object body: JSONObject?) throws(Refusal) {
        guard verdict.strength == .signature, body == nil else { return }
        throw Refusal(.invalidPayload, "the signed body is no JSON object")
    }
}
