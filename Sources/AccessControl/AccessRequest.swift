/// What a caller asks for, as far as a policy can speak of it.
package struct AccessRequest: Sendable, Equatable {
    /// Every name that the caller goes by, the most particular first: a session, its role, the
    /// role's unique id, the account.
    package let principals: [Principal]
    /// The action with its service: `secretsmanager:GetSecretValue`.
    package let action: String
    /// The ARN of what the action is done to, or `*` when it is done to nothing in particular.
    package let resource: String
    /// The values of the condition keys.
    package let context: RequestContext

    /// A request with these parts.
    package init(
        principals: [Principal],
        action: String,
        resource: String,
        context: RequestContext = RequestContext()
    ) {
        self.principals = principals
        self.action = action
        self.resource = resource
        self.context = context
    }
}
