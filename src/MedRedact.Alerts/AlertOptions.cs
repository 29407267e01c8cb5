using Microsoft.Extensions.Options;

namespace MedRedact.Alerts;

/// <summary>What is watched for and where suspensions are kept. Checked when the host starts.</summary>
public sealed class AlertOptions
{
    /// <summary>The folder of suspensions and of the watch's place; made where it is missing. It holds no PHI. Hosts that share it share the suspensions. Required.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The rules. Default: <see cref="AlertRules.Default"/>, whose hours are UTC and fit no house but by chance.</summary>
    public AlertRules Rules { get; set; } = AlertRules.Default;

    /// <summary>How often the ledger is looked at: an alert is on record so long after its event, and a moment. 100 ms to 5 s.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a response may take before it counts as failed and is asked again later. 1 second to 10 minutes; default 30 seconds.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the folder is made where it is missing when the host starts. Switch it off once it is there: a volume that was not mounted is then not taken for one on which nobody is
    /// suspended. A folder that goes away while the host runs denies every access either way.</summary>
    public bool CreateIfMissing { get; set; } = true;

    /// <summary>Who raises alerts and suspends. It can itself not be suspended.</summary>
    public ActorId Actor { get; set; } = new("alert-watch");

    /// <summary>Actors that no rule suspends, such as a service without which care stops: about them there are alerts alone.</summary>
    public ISet<ActorId> NeverSuspend { get; } = new HashSet<ActorId>();

    internal sealed class Validator : IValidateOptions<AlertOptions>
    {
        public ValidateOptionsResult Validate(string? name, AlertOptions options) => options switch
        {
            { Folder: null or "" } => ValidateOptionsResult.Fail("AlertOptions.Folder is required."),
            { Rules: null } => ValidateOptionsResult.Fail("AlertOptions.Rules is required."),
            { Interval.Ticks: < 100 * TimeSpan.TicksPerMillisecond or > 5 * TimeSpan.TicksPerSecond } => ValidateOptionsResult.Fail("AlertOptions.Interval is 100 ms to 5 s."),
            { ResponseTimeout.Ticks: < TimeSpan.TicksPerSecond or > 10 * TimeSpan.TicksPerMinute } => ValidateOptionsResult.Fail("AlertOptions.ResponseTimeout is 1 second to 10 minutes."),
            { Actor.Value: null } => ValidateOptionsResult.Fail("AlertOptions.Actor is required."),
            _ => ValidateOptionsResult.Success,
        };
    }
}
