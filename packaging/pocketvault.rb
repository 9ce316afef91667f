# A formula for Homebrew on Linux. It was not run: there is no Homebrew where this is written.
class Pocketvault < Formula
  desc "Pocket-sized AWS Secrets Manager for development and tests"
  homepage "https://pocketvault.example"
  version "0.1.0"
  license "Apache-2.0"
  url "https://pocketvault.example/pocketvault-0.1.0-linux-x64.tar.gz"
  # From SHA256SUMS of the release.
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"

  depends_on :linux

  def install
    bin.install "pocketvault"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/pocketvault.bash" => "pocketvault"
    zsh_completion.install "completions/pocketvault.zsh" => "_pocketvault"
    fish_completion.install "completions/pocketvault.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/pocketvault --version")
  end
end
