// swift-tools-version: 6.2

import PackageDescription

/// The one list of settings for every Swift target of the package.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// For the targets that wrap no C library: the compiler proves that they hold no unsafe code.
let safeSettings = settings + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "pocketvault",
    products: [
        .executable(name: "pocketvault", targets: ["pocketvault"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CMicroHTTPD",
            pkgConfig: "libmicrohttpd",
            providers: [.apt(["libmicrohttpd-dev"])]
        ),
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]
        ),
        // Without pkgConfig, which would link it: see Sources/CCurl/shim.h.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPostgreSQL"),
        .target(name: "Threads", swiftSettings: settings),
        .target(name: "JSON", swiftSettings: safeSettings),
        .target(
            name: "HTTPServer",
            dependencies: ["CMicroHTTPD", "Threads"],
            swiftSettings: settings
        ),
        .target(
            name: "Invocation",
            dependencies: ["CCurl", "Threads"],
            swiftSettings: settings
        ),
        .target(
            name: "PostgreSQL",
            dependencies: ["CPostgreSQL", "Invocation"],
            swiftSettings: settings
        ),
        .target(name: "Cryptography", dependencies: ["COpenSSL"], swiftSettings: settings),
        .target(name: "AccessControl", dependencies: ["JSON"], swiftSettings: safeSettings),
        .target(name: "AWS", dependencies: ["AccessControl", "JSON"], swiftSettings: safeSettings),
        .target(
            name: "Storage",
            dependencies: ["AWS", "CSQLite", "Cryptography", "JSON", "Threads"],
            swiftSettings: settings
        ),
        .target(
            name: "PocketvaultServer",
            dependencies: [
                "AWS", "Cryptography", "HTTPServer", "Invocation", "JSON", "PostgreSQL",
                "Storage", "Threads", logging,
            ],
            swiftSettings: safeSettings
        ),
        .executableTarget(
            name: "pocketvault",
            dependencies: ["JSON", "PocketvaultServer", argumentParser, logging],
            swiftSettings: safeSettings
        ),
        .target(
            name: "TestSupport",
            dependencies: [
                "AWS", "Cryptography", "JSON", "PocketvaultServer", "Storage", "Threads",
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        .testTarget(
            name: "HTTPServerTests",
            dependencies: ["HTTPServer", "Threads"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "InvocationTests",
            dependencies: ["HTTPServer", "Invocation", "Threads"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PostgreSQLTests",
            dependencies: ["Invocation", "PostgreSQL"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SecretsManagerTests",
            dependencies: ["AWS", "JSON", "PocketvaultServer", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AccessControlTests",
            dependencies: ["AccessControl", "JSON"],
            swiftSettings: settings
        ),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: settings),
        .testTarget(
            name: "CryptographyTests",
            dependencies: ["COpenSSL", "Cryptography", "Threads"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PocketvaultServerTests",
            dependencies: [
                "AWS", "HTTPServer", "Invocation", "JSON", "PocketvaultServer", "Storage",
                "TestSupport", "Threads", logging,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["pocketvault"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: ["AWS", "CSQLite", "Cryptography", "Storage", "Threads"],
            swiftSettings: settings
        ),
        .testTarget(name: "HouseRulesTests", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
