import Formats
import Testing

/// Terraform and shell scripts as people write them; nothing in them is run.
@Suite struct HandWrittenCodeTests {
    @Test func `Terraform's resources are read, with their strings and here-documents`() throws {
        let text = """
            variable "region" { default = "us-east-1" }
            /* a comment { */ // and one
            resource "aws_secretsmanager_secret" "db" {
              name        = "app/db" # a comment
              description = "The \\"database\\" of $${app}"
              tags = { Project = "app", "a:b" = "c" }
              lifecycle {
                prevent_destroy = true
              }
            }
            resource "aws_secretsmanager_secret_version" "db" {
              secret_id     = aws_secretsmanager_secret.db.id
              secret_string = "a\\tb\\u00e9 $${x} %%{y} $z"
            }
            resource "aws_secretsmanager_secret" "pem" { name = "app/pem" }
            resource "aws_secretsmanager_secret_version" "pem-1" {
              secret_id     = "app/pem"
              secret_string = <<-EOT
                -----BEGIN-----
                  x\\n$${y}
                EOT
            }
            resource "aws_secretsmanager_secret" "bytes" { name = "app/bytes" }
            resource "aws_secretsmanager_secret_version" "bytes" {
              secret_id     = aws_secretsmanager_secret.bytes.arn
              secret_binary = "AP8="
            }
            resource "aws_secretsmanager_secret" "rotated" { name = "app/rotated" }
            output "x" { value = [for k, v in {} : "${k}-${"}"}"] }

            """
        #expect(
            try SecretFormat.terraform.lines(text) == [
                "app/db=a\tbé ${x} %{y} $z", "app/pem=-----BEGIN-----\n  x\\n${y}\n",
                "app/bytes=[0, 255]",
            ]
        )
        let document = try SecretFormat.terraform.read(
            Array(text.utf8),
            ReadingSettings(dialect: .node)
        )
        #expect(document.secrets[0].description == "The \"database\" of ${app}")
        #expect(
            document.secrets[0].tags.map { "\($0.key)=\($0.value)" } == ["Project=app", "a:b=c"]
        )
        #expect(document.remarks.map(\.line) == [28])
    }

    private static let secret = "resource \"aws_secretsmanager_secret\" \"a\" {\n"
    private static let version =
        "resource \"aws_secretsmanager_secret_version\" \"a\" {\n"
        + "secret_id = aws_secretsmanager_secret.a.id\n"

    @Test(arguments: [
        (
            secret + "name = var.x\n}\n" + version + "secret_string = \"x\"\n}\n",
            "line 2: name is an expression, which only Terraform can work out"
        ),
        (
            secret + "name = \"a\"\n}\n" + version + "secret_string = \"${x}\"\n}\n",
            "line 6: secret_string is an expression, which only Terraform can work out"
        ),
        (
            secret + "name = \"a\"\n}\n" + version + "secret_string = jsonencode({\na = 1\n})\n}\n",
            "line 6: secret_string is an expression, which only Terraform can work out"
        ),
        (
            secret + "name_prefix = \"a\"\n}\n" + version + "secret_string = \"x\"\n}\n",
            "line 1: Terraform makes up its name"
        ),
        (
            secret + "count = 2\nname = \"a\"\n}\n",
            "line 1: only Terraform can work out how many resources count makes"
        ),
        (
            secret + "name = \"b\"\n}\n" + version + "secret_binary = \"?\"\n}\n",
            "line 4: secret_binary is no base64"
        ),
        (version + "secret_string = \"x\"\n}\n", "line 1: its secret is not in this file"),
        (secret + "name = \"a\n}\n", "line 2: a string that begins here has no end"),
        (secret + "name = <<X\n", "line 2: a here-document that begins here has no end"),
    ])
    func `What only Terraform can work out is refused with its line`(
        _ text: String,
        _ reason: String
    ) throws {
        #expect(try SecretFormat.terraform.refusal(of: text) == reason)
    }

    @Test func `A shell's words are taken apart as the shell does`() throws {
        let text = """
            #!/bin/bash
            set -eu
            export A='it'\\''s' B="a\\"\\$b\\x" C=$'\\x41\\n\\u00e9' # a comment
            D=a\\ b; declare -x E="1
            2"
            F=${
            export G
            A=again
            """
            .replacing("F=${\n", with: "")
        #expect(
            try SecretFormat.shell.lines(text) == [
                "B=a\"$b\\x", "C=A\né", "D=a b", "E=1\n2", "A=again",
            ]
        )
    }

    @Test(arguments: [
        "A=$HOME", "A=\"${X}\"", "A=`id`", "A=$(id)", "A=~/x", "A={a,b}", "export A=\"$$\"",
    ])
    func `What a shell would work out is refused, and never run`(_ line: String) throws {
        #expect(
            try SecretFormat.shell.refusal(of: "B=1\n\(line)\n")
                == "line 2: a shell would work out the value of A; put it in single quotes, or read "
                + "the file with --format dotenv"
        )
    }

    @Test(arguments: [
        ("A='x", "line 1: a quote that is opened here is not closed"),
        (
            "B=1\ncat <<EOF\n",
            "line 2: <, >>, & and brackets of a shell are not read here"
        ),
        ("A=$'\\xff'", "line 1: its escape sequences are not UTF-8, or hold a NUL"),
    ])
    func `A script that cannot be read is refused with its line`(
        _ text: String,
        _ reason: String
    ) throws {
        #expect(try SecretFormat.shell.refusal(of: text) == reason)
    }

    @Test func `Calls of create-secret are read as people write them`() throws {
        let text = """
            #!/bin/sh
            set -e
            aws secretsmanager create-secret --name app/a --secret-string 'it'"'"'s' \\
              --description "What it is"
            aws --region us-east-1 secretsmanager create-secret --name=app/b \\
              --secret-string='{"user":"u"}' --tags '[{"Key":"k","Value":"v"}]'
            printf '%s' AP8= | base64 --decode |
              aws secretsmanager create-secret --name app/c --secret-binary fileb:///dev/stdin
            echo done

            """
        #expect(
            try SecretFormat.awsCLI.lines(text) == [
                "app/a=it's", "app/b={\"user\":\"u\"}", "app/c=[0, 255]",
            ]
        )
        let document = try SecretFormat.awsCLI.read(
            Array(text.utf8),
            ReadingSettings(dialect: .node)
        )
        #expect(document.secrets[0].description == "What it is")
        #expect(document.secrets[1].tags.map(\.key) == ["k"])
        #expect(document.remarks.map(\.line) == [9])
    }

    private static let call = "aws secretsmanager create-secret "

    @Test(arguments: [
        (call + "--secret-string x", "line 1: there is no --name"),
        (call + "--name a", "line 1: it has no value"),
        (
            call + "--name a --secret-string \"$X\"",
            "line 1: a shell or another file says what stands here; neither is read"
        ),
        (
            call + "--name a --secret-string file://x",
            "line 1: a shell or another file says what stands here; neither is read"
        ),
        (
            call + "--name a --secret-string x\n" + call + "--name a --secret-string y",
            "line 2: a is made in line 1 already"
        ),
        (
            call + "--name a --secret-string x --tags Key=a,Value=b",
            "line 1: --tags is read as JSON only"
        ),
    ])
    func `A call whose value is not in the script is refused with its line`(
        _ text: String,
        _ reason: String
    ) throws {
        #expect(try SecretFormat.awsCLI.refusal(of: text) == reason)
    }
}
