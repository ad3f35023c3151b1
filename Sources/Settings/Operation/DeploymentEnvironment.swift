/// What the installation is for.
public enum DeploymentEnvironment: String, Sendable, CaseIterable {
    /// Real customers: https only, nothing is open that need not be.
    case production
    /// A developer's machine.
    case development

    /// Reads `environment:`, else `NODE_ENV`; production when neither says anything.
    static func read(_ root: Section, _ variables: Variables) -> DeploymentEnvironment {
        if root.has("environment") { return root.choice("environment", DeploymentEnvironment.self) ?? .production }
        let want = "must be production or development"
        return variables.checked("NODE_ENV", DeploymentEnvironment.init(rawValue:), want, root.problems) ?? .production
    }
}
