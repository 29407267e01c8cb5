namespace MedRedact.Evaluation;

/// <summary>How the page looks, in light and in dark.</summary>
internal static class PageStyle
{
    public const string Css =
        """
        :root { color-scheme: light dark; --ink: #1b2430; --soft: #5d6b7c; --line: #dfe5ec; --paper: #fff; --ground: #f4f6f9;
          --good: #2e8b62; --fair: #c98a1b; --poor: #c4453c; --whisker: #1b2430;
          --missed: #f6c7c2; --part: #fbdfae; --wrong: #cfe0f8; --over: #e5d3f5; --found: #cdebd9; --any: #e6e9ed; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --soft: #9aa8b9; --line: #303a47; --paper: #1a212b; --ground: #12171e; --whisker: #fff;
          --missed: #7a2c26; --part: #6b4c12; --wrong: #1f4272; --over: #4f2f6e; --found: #1d5138; --any: #38414c; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 28px 20px 60px; }
        h1 { font-size: 26px; margin: 0; letter-spacing: -.01em; } h2 { font-size: 19px; margin: 0 0 14px; } h3 { font-size: 15px; margin: 26px 0 6px; }
        header p, footer p, small, caption small, .legend { color: var(--soft); } header p { margin: 4px 0 22px; }
        section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 20px 22px; margin-bottom: 20px; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(235px, 1fr)); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
        .tile { background: var(--paper); padding: 12px 14px; display: grid; gap: 1px; } .tile span { color: var(--soft); font-size: 13px; }
        .tile b { font-size: 23px; font-weight: 650; letter-spacing: -.01em; font-variant-numeric: tabular-nums; } .tile small { font-size: 12.5px; }
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr)); gap: 8px 32px; align-items: start; margin-top: 18px; }
        table { border-collapse: collapse; width: 100%; font-size: 13.5px; } caption { text-align: left; font-weight: 650; padding: 4px 0; font-size: 15px; }
        caption small { font-weight: 400; }
        th, td { text-align: left; padding: 5px 8px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; } thead th { color: var(--soft); font-weight: 500; font-size: 12.5px; vertical-align: bottom; }
        tbody th, tfoot th { font-weight: 600; } tfoot tr > * { border-bottom: 0; font-weight: 650; } .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .n { padding-right: 14px; } thead .n { white-space: normal; } tbody th, tfoot th { white-space: nowrap; } .rest { color: var(--soft); } .none { color: var(--soft); }
        .bar { display: inline-grid; grid-template-columns: 58px 70px; gap: 0 7px; align-items: center; font-variant-numeric: tabular-nums; } .bar b { font-weight: 600; text-align: right; white-space: nowrap; }
        .bar svg { width: 70px; margin-left: 3px; height: 9px; border-radius: 3px; } .bar .all { fill: var(--line); } .good .is { fill: var(--good); } .fair .is { fill: var(--fair); } .poor .is { fill: var(--poor); } .may { fill: var(--whisker); opacity: .75; }
        .bar small { margin-left: 3px; font-size: 11.5px; line-height: 1.25; white-space: nowrap; grid-column: 2; } code { font: 12.5px ui-monospace, "Liberation Mono", monospace; }
        .cause { white-space: nowrap; padding: 1px 7px; border-radius: 9px; font-size: 12.5px; } mark { color: inherit; border-radius: 3px; padding: 0 2px; }
        .missed { background: var(--missed); } .part { background: var(--part); } .wrong { background: var(--wrong); } .over { background: var(--over); } .found { background: var(--found); } .any { background: var(--any); }
        mark.missed { outline: 1px solid var(--poor); } mark.beside { background: none; text-decoration: underline dotted var(--soft); } .legend { margin: 0 0 8px; }
        details { border-top: 1px solid var(--line); padding: 7px 0; } summary { cursor: pointer; } pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.65 ui-monospace, "Liberation Mono", monospace; margin: 8px 0 6px; }
        footer { font-size: 13px; } .worse { color: var(--poor); } .better { color: var(--good); } @media (max-width: 560px) { .columns { grid-template-columns: 1fr; } section { overflow-x: auto; } }

        """;

    /// <summary>Pages beside each other, with outlines over them.</summary>
    public const string ImageCss =
        """
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 14px; margin: 10px 0 6px; } figure { margin: 0; } figcaption { font-size: 12.5px; color: var(--soft); padding-bottom: 3px; }
        .sheet { position: relative; border: 1px solid var(--line); background: #fff; } .sheet img, .sheet svg { display: block; width: 100%; height: auto; } .sheet svg { position: absolute; inset: 0; }
        .painted { fill: #3f6fd01f; stroke: #3f6fd0; stroke-width: 1; vector-effect: non-scaling-stroke; } .gone { fill: none; stroke: #2e8b62; stroke-width: 1.4; vector-effect: non-scaling-stroke; }
        .left { fill: #c4453c2e; stroke: #c4453c; stroke-width: 2; vector-effect: non-scaling-stroke; } .key i { display: inline-block; width: 14px; height: 10px; margin: 0 4px 0 10px; border: 2px solid; }

        """;
}
