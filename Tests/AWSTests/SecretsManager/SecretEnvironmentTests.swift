import Testing

@testable import AWS

@Suite struct SecretEnvironmentTests {
    private func environment(_ name: String, _ tag: String? = nil) -> SecretEnvironment? {
        SecretEnvironment(
            ofSecretNamed: name,
            tags: tag.map { [Tag(key: "Environment", value: $0)] } ?? []
        )
    }

    @Test(arguments: [
        ("driftsentry/prod/redis-url", nil, "production", "driftsentry", "redis-url"),
        ("driftsentry/stage/redis-url", "staging", "staging", "driftsentry", "redis-url"),
        ("prod/shop/key", nil, "production", "", "shop/key"),
        ("team/shop/Dev", nil, "development", "team/shop", ""),
        ("shop/blue/key", "Blue", "blue", "shop", "key"),
    ])
    func `Name and tag say the environment`(
        name: String,
        tag: String?,
        environment: String,
        application: String,
        key: String
    ) throws {
        let found = try #require(self.environment(name, tag))
        #expect(found.name == environment)
        #expect(found.place?.application == application)
        #expect(found.place?.key == key)
    }

    @Test func `A tag alone tells it, and no place`() {
        #expect(environment("redis-url", "prod")?.name == "production")
        #expect(environment("redis-url", "prod")?.place == nil)
    }

    @Test(arguments: ["redis-url", "driftsentry/production-key", "", "/"])
    func `Other names tell nothing`(name: String) {
        #expect(environment(name) == nil)
    }

    @Test func `Keys are compared as teams write them`() {
        let one = environment("a/local/DATABASE_URL")?.place
        let other = environment("a/prod/database-url")?.place
        #expect(one?.comparedKey == other?.comparedKey)
        #expect(other?.sibling("local") == "a/local/database-url")
    }
}
