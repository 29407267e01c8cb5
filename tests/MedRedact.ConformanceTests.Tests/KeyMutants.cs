using MedRedact.KeyManagement;
using MedRedact.KeyManagement.Tests;

namespace MedRedact.ConformanceTests.Tests;

/// <summary>Broken providers and lives of keys, and the claims that must catch them.</summary>
internal static class KeyMutants
{
    private static int s_purposes;

    public static IEnumerable<Mutant> All() =>
    [
        Provider(new() { SignsSomethingElse = true }, nameof(KeyProviderContract.A_signature_verifies_with_the_public_key_alone_and_for_no_other_message), "it signs something else"),
        Provider(new() { Purposes = _ => new KeyPurpose("all") }, nameof(KeyProviderContract.A_purpose_keeps_its_signing_key_and_shares_it_with_no_other), "purposes share"),
        Provider(new() { ForgetsItself = true }, nameof(KeyProviderContract.The_key_that_signs_now_is_the_first_by_which_signatures_are_accepted), "it does not accept itself"),
        Provider(new() { ForgetsItself = true }, nameof(KeyProviderContract.The_key_that_a_signature_names_is_found_for_its_own_purpose_alone), "it does not know what it signed with"),
        Provider(new() { Purposes = _ => new KeyPurpose("all") }, nameof(KeyProviderContract.The_key_that_a_signature_names_is_found_for_its_own_purpose_alone), "any purpose finds it"),
        Provider(new() { Tenants = _ => new TenantId("all") }, nameof(KeyProviderContract.Macs_are_the_same_again_and_differ_by_message_purpose_and_tenant), "tenants share"),
        Provider(
            new() { Purposes = _ => new KeyPurpose($"p{Interlocked.Increment(ref s_purposes)}") },
            nameof(KeyProviderContract.First_uses_at_the_same_time_get_one_key_and_many_threads_sign), "a key for each"),

        Of(ring => new(ring) { Lists = key => key.Zone != StorageZone.Proofs }, nameof(KeyLifecycleContract.Every_zone_and_the_root_of_macs_have_one_active_key_from_the_beginning), "a zone has none"),
        Of(ring => new(ring) { DisablesOnRotation = true }, nameof(KeyLifecycleContract.A_rotated_key_opens_what_it_wrapped_and_the_new_one_wraps), "rotating closes"),
        Of(ring => new(ring) { Sets = state => state != KeyState.Disabled }, nameof(KeyLifecycleContract.A_disabled_key_opens_nothing_and_says_no_more_than_a_wrong_context), "disabled keys open"),
        Of(ring => new(ring) { Sets = state => state != KeyState.Active }, nameof(KeyLifecycleContract.Making_a_key_active_retires_the_one_that_was), "nothing becomes active"),
        Of(ring => new(ring) { Sets = state => state != KeyState.Disabled }, nameof(KeyLifecycleContract.Without_an_active_key_nothing_is_wrapped_for_a_zone), "disabled keys wrap"),
        Of(ring => new(ring) { NeverCancels = true }, nameof(KeyLifecycleContract.A_destruction_waits_opens_nothing_meanwhile_and_can_be_taken_back), "it cannot be taken back"),
        Of(ring => new(ring) { NeverDestroys = true }, nameof(KeyLifecycleContract.A_destroyed_key_opens_nothing_leaves_its_name_and_never_comes_back), "nothing is destroyed"),
        Of(ring => new(ring) { SwallowsRefusals = true }, nameof(KeyLifecycleContract.A_key_that_never_was_is_told_from_one_that_was_destroyed), "the unknown is accepted"),
        Of(ring => new(ring) { SwallowsRefusals = true }, nameof(KeyLifecycleContract.The_root_of_macs_is_neither_rotated_nor_switched_off_nor_destroyed), "the root seems to be rotated"),
        Of(ring => new(ring) { IgnoresNames = true }, nameof(KeyLifecycleContract.A_rotation_that_is_asked_for_twice_under_one_name_makes_one_key), "names are ignored"),
        Of(ring => new(ring) { ForgetsRetiredSigners = true }, nameof(KeyLifecycleContract.Signatures_of_a_retired_key_are_accepted_and_those_of_a_disabled_one_are_not), "the retired are forgotten"),
        new(new Lives(ring => new(ring), maxAge: TimeSpan.FromDays(90)), nameof(KeyLifecycleContract.Without_a_limit_of_age_nothing_is_ever_due), "there is a limit"),
        new(new Lives(ring => new(ring), shared: false), nameof(KeyLifecycleContract.Another_process_heeds_a_change_a_moment_later), "nothing is shared"),
        Of(ring => new(ring) { RotatesTwice = true }, nameof(KeyLifecycleContract.Readers_go_on_while_two_processes_rotate_and_one_key_is_active_at_the_end), "two keys for one rotation"),
    ];

    private static Mutant Provider(BrokenProvider provider, string claim, string why) => new(new Providers(provider), claim, why);

    private static Mutant Of(Func<LocalKeyRing, BrokenLife> breaks, string claim, string why) => new(new Lives(breaks), claim, why);

#pragma warning disable xUnit1000 // These suites are run by SuitesCatch alone.
    private sealed class Providers(BrokenProvider provider) : KeyProviderContract
    {
        protected override ValueTask<IKeyProvider> CreateProviderAsync() => ValueTask.FromResult<IKeyProvider>(provider);
    }

    private sealed class Lives(Func<LocalKeyRing, BrokenLife> breaks, bool shared = true, TimeSpan? maxAge = null) : KeyLifecycleContract, IDisposable
    {
        private readonly List<string> _folders = [];
        private readonly MovableTime _time = new();

        public void Dispose() => _folders.ForEach(folder => Directory.Delete(folder, recursive: true));

        protected override ValueTask<KeysUnderTest> OpenAsync()
        {
            if (_folders.Count == 0 || !shared)
                _folders.Add(Directory.CreateTempSubdirectory("keys-").FullName);
            BrokenLife life = breaks(Rings.Open(_folders[^1], _time, maxAge));
            return new(new KeysUnderTest(life, life, life));
        }

        protected override void Pass(TimeSpan time) => _time.Advance(time);
    }
#pragma warning restore xUnit1000
}
