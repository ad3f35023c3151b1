/// The purpose of the installation.
public enum DeploymentEnvironment: String, Sendable, CaseIterable {
    /// Real customers: https only, and everything optional is closed.
    case production
    /// A developer's machine.
    case development

    /// Reads `environment:`, else `NODE_ENV`; production by default.
    static func read(_ root: Section, _ variables: Variables) -> DeploymentEnvironment {
        let key = FileKeys.environment
        if root.has(key.key.name) { return key.value(in: root) }
        let want = "must be production or development"
        return variables.checked("NODE_ENV", DeploymentEnvironment.init(rawValue:), want, root.problems) ?? key.standard
    }
}
