using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MedRedact.AspNetCore.Tests;

/// <summary>Who asks, why and over which key is read from what was authenticated, and never guessed.</summary>
public sealed class RequestTests
{
    [Theory]
    [InlineData]
    [InlineData("nurse-7", "nurse-8")]
    [InlineData("nurse-7", "nurse-7")]
    [InlineData("Nurse-7")]
    [InlineData("nurse 7")]
    [InlineData("")]
    [InlineData("nurse-7@county.example")]
    public async Task An_actor_that_is_missing_doubled_or_malformed_is_denied(params string[] actors)
    {
        await using Site site = await Site.StartAsync();
        site.Callers.Current = Callers.Of([.. actors.Select(actor => ("sub", actor)), ("roles", "clinician"), ("purpose_of_use", "TREAT")]);
        Assert.Equal((HttpStatusCode.NotFound, ""), await site.GetAsync());
        Assert.Equal([("access.denied", "aspnetcore", "MR-WEB-001")], site.Recorded());
    }

    [Fact]
    public async Task Claims_of_an_identity_that_was_not_authenticated_do_not_count()
    {
        await using Site site = await Site.StartAsync();
        site.Callers.Current = new ClaimsPrincipal([Callers.IdentityOf("callers", ("sub", "clerk-2"), ("purpose_of_use", "TREAT")), Callers.IdentityOf(null, ("roles", "clinician"))]);
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync()).Status);
        Assert.Equal([("access.denied", "clerk-2", "MR-ACC-001")], site.Recorded());
    }

    [Theory]
    [InlineData]
    [InlineData("TREAT", "TREAT")]
    [InlineData("TREAT", "HRESCH")]
    [InlineData("treat")]
    [InlineData("MADEUP")]
    [InlineData("HMARKT")]
    public async Task A_purpose_that_is_missing_doubled_or_unknown_is_denied(params string[] purposes)
    {
        await using Site site = await Site.StartAsync();
        site.Callers.Current = Callers.Of([("sub", "nurse-7"), ("roles", "clinician"), .. purposes.Select(purpose => ("purpose_of_use", purpose))]);
        Assert.Equal((HttpStatusCode.NotFound, ""), await site.GetAsync());
        Assert.Equal((HttpStatusCode.NotFound, ""), await site.GetAsync("original", headers: ("Purpose-Of-Use", purposes)));
        Assert.Equal([("access.denied", "nurse-7", "MR-WEB-002"), ("access.denied", "nurse-7", "MR-WEB-002")], site.Recorded());
    }

    [Fact]
    public async Task A_header_does_not_count_where_a_claim_is_asked_for_nor_a_claim_where_a_header_is()
    {
        await using Site site = await Site.StartAsync();
        site.Callers.Current = Callers.Of(("sub", "nurse-7"), ("roles", "clinician"), ("purpose_of_use", "HPAYMT"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync(headers: ("Purpose-Of-Use", ["TREAT"]))).Status);
        site.Callers.Current = Callers.Of(("sub", "nurse-7"), ("roles", "clinician"), ("purpose_of_use", "BTG"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("original", headers: ("Break-Glass-Justification", [Site.Words]))).Status);
        Assert.Equal([("access.denied", "nurse-7", "MR-ACC-001"), ("access.denied", "nurse-7", "MR-WEB-002")], site.Recorded());
        Assert.Equal(PurposeOfUse.Payment, site.Audit.Events[0].Purpose);
    }

    [Fact]
    public async Task Headers_that_name_actors_and_roles_do_not_count()
    {
        await using Site site = await Site.StartAsync();
        site.Callers.Current = Callers.Of(("sub", "clerk-2"), ("purpose_of_use", "TREAT"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync(headers: [("sub", ["nurse-7"]), ("roles", ["clinician"]), ("scope", ["records.read"])])).Status);
        Assert.Equal([("access.denied", "clerk-2", "MR-ACC-001")], site.Recorded());
    }

    [Fact]
    public async Task Scopes_stand_between_spaces_and_names_that_no_policy_can_hold_are_left_out()
    {
        await using Site site = await Site.StartAsync();
        site.Callers.Current = Callers.Of(("sub", "svc-1"), ("scope", "openid offline_access patient/*.rs records.read"), ("roles", "Domain Users"), ("purpose_of_use", "HRESCH"));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync()).Status);
        site.Callers.Current = Callers.Of(("sub", "svc-1"), ("scope", "openid records.read.all"), ("purpose_of_use", "HRESCH"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync()).Status);
        site.Callers.Current = Callers.Of(("sub", "svc-1"), ("purpose_of_use", "HRESCH"));
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync()).Status);

        // Where there is no claim, it is not known that there are no scopes.
        Assert.Equal(["", "MR-ACC-001", "MR-ACC-004"], site.Recorded().Select(each => each.Reason));
    }

    [Fact]
    public async Task The_client_key_is_that_of_the_connection()
    {
        using X509Certificate2 bound = Certificate(), other = Certificate();
        await using Site site = await Site.StartAsync(boundTo: Digest256.From(SHA256.HashData(bound.PublicKey.ExportSubjectPublicKeyInfo())));
        site.Callers.Current = Callers.Of(("sub", "gateway"), ("purpose_of_use", "TREAT"));
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(certificate: bound)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync(certificate: other)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync()).Status);
        Assert.Equal(["", "MR-ACC-006", "MR-ACC-006"], site.Recorded().Select(each => each.Reason));
    }

    [Fact]
    public async Task A_client_certificate_that_cannot_be_read_is_denied()
    {
        X509Certificate2 broken = Certificate();
        broken.Dispose();
        await using Site site = await Site.StartAsync();
        Assert.Equal((HttpStatusCode.NotFound, ""), await site.GetAsync(certificate: broken));
        Assert.Equal([("access.denied", "nurse-7", "MR-WEB-005")], site.Recorded());
    }

    [Fact]
    public async Task Words_that_break_the_glass_reach_the_review_as_a_digest_alone()
    {
        await using Site site = await Site.StartAsync();
        (HttpStatusCode status, string body) = await site.GetAsync("original", headers: [("Purpose-Of-Use", ["BTG"]), ("Break-Glass-Justification", [Site.Words])]);
        Assert.Equal((HttpStatusCode.OK, $"nurse-7 BTG county {Site.Document} 1"), (status, body));
        BreakGlassReview review = Assert.Single(site.Waiting.Waiting);
        Assert.True(review.Justification.Matches(Phi.Of(Site.Words)));
        Assert.Null(review.Justification.Reason);
        Assert.Equal(["access.glass-broken", "access.granted"], site.Recorded().Select(each => each.Kind));
        Assert.DoesNotContain("Fairbanks", string.Join('|', site.Audit.Events.SelectMany(each => each.Fields).Select(field => field.Value.Text)) + body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fixed_reason_is_kept_as_it_is()
    {
        await using Site site = await Site.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("original", headers: [("Purpose-Of-Use", ["BTG"]), ("Break-Glass-Justification", ["unconscious-patient"])])).Status);
        Assert.Equal(new RuleId("unconscious-patient"), Assert.Single(site.Waiting.Waiting).Justification.Reason);
    }

    [Theory]
    [InlineData("MR-ACC-008")]
    [InlineData("MR-WEB-003", "too short")]
    [InlineData("MR-WEB-003", "")]
    [InlineData("MR-WEB-003", Site.Words, Site.Words)]
    public async Task The_glass_does_not_break_without_one_justification(string code, params string[] said)
    {
        await using Site site = await Site.StartAsync();
        Assert.Equal((HttpStatusCode.NotFound, ""), await site.GetAsync("original", headers: [("Purpose-Of-Use", ["BTG"]), ("Break-Glass-Justification", said)]));
        Assert.Equal([("access.denied", "nurse-7", code)], site.Recorded());
        Assert.Empty(site.Waiting.Waiting);
    }

    [Fact]
    public async Task A_justification_without_an_emergency_is_not_read()
    {
        await using Site site = await Site.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync(headers: ("Break-Glass-Justification", ["too short"]))).Status);
    }

    private static X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset from = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256).CreateSelfSigned(from, from.AddYears(20));
    }
}
