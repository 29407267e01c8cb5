data "aws_iam_policy_document" "trust" {
  for_each = var.trusted
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = each.value
    }
  }
}

resource "aws_iam_role" "host" {
  for_each             = local.zones
  name                 = "medredact-${var.ring}-${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  max_session_duration = 3600
}

data "aws_iam_policy_document" "host" {
  for_each = local.zones

  statement {
    sid       = "ReadZones"
    actions   = ["s3:GetObject", "s3:GetObjectVersion"]
    resources = [for zone in each.value.read : "${aws_s3_bucket.zones.arn}/${zone}/*"]
  }

  statement {
    sid       = "ListZones"
    actions   = ["s3:ListBucket", "s3:ListBucketVersions"]
    resources = [aws_s3_bucket.zones.arn]
    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = [for zone in each.value.read : "${zone}/*"]
    }
  }

  dynamic "statement" {
    for_each = length(each.value.write) > 0 ? [1] : []
    content {
      sid       = "WriteZones"
      actions   = ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:AbortMultipartUpload"]
      resources = [for zone in each.value.write : "${aws_s3_bucket.zones.arn}/${zone}/*"]
    }
  }

  dynamic "statement" {
    for_each = contains(each.value.write, "proofs") ? [1] : []
    content {
      sid       = "LockProofs"
      actions   = ["s3:PutObjectRetention", "s3:PutObjectLegalHold"]
      resources = ["${aws_s3_bucket.zones.arn}/proofs/*"]
    }
  }

  # The second layer.
  statement {
    sid       = "BucketKey"
    actions   = length(each.value.write) > 0 ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"]
    resources = [aws_kms_key.bucket.arn]
  }

  # The first: what is wrapped for a zone names it, so that no other role opens it.
  statement {
    sid       = "OpenZones"
    actions   = length(each.value.write) > 0 ? ["kms:Encrypt", "kms:Decrypt"] : ["kms:Decrypt"]
    resources = [local.keys]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/medredact-ring"
      values   = [var.ring]
    }
    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:medredact-zone"
      values   = each.value.read
    }
  }

  statement {
    sid       = "KnowKeys"
    actions   = ["kms:DescribeKey", "kms:GetPublicKey"]
    resources = [local.keys]
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/medredact-ring"
      values   = [var.ring]
    }
  }

  statement {
    sid       = "FindKeys"
    actions   = ["kms:ListAliases"]
    resources = ["*"]
  }

  # Only the host that takes documents in signs for the ledger and makes tokens.
  dynamic "statement" {
    for_each = each.key == "ingest" ? [1] : []
    content {
      sid       = "SignAndDerive"
      actions   = ["kms:Sign", "kms:GenerateMac"]
      resources = [local.keys]
      condition {
        test     = "StringEquals"
        variable = "aws:ResourceTag/medredact-ring"
        values   = [var.ring]
      }
    }
  }
}

resource "aws_iam_role_policy" "host" {
  for_each = local.zones
  name     = "medredact"
  role     = aws_iam_role.host[each.key].id
  policy   = data.aws_iam_policy_document.host[each.key].json
}
