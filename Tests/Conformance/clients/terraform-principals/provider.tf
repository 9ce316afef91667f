terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
}

# Nothing but what the environment says: AWS_ENDPOINT_URL, a key and a region. The account is asked
# of GetCallerIdentity, which the same server answers.
provider "aws" {
  max_retries = 1
}
