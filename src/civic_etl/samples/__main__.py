"""`python -m civic_etl.samples`: serve the sample sites for a person to look at."""

import argparse
import sys
import threading

from civic_etl.errors import CivicEtlError
from civic_etl.samples.programme import sites
from civic_etl.samples.server import serve


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m civic_etl.samples", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: loopback only)")
    parser.add_argument("--port-base", type=int, default=0, help="first of two ports; 0 lets the system choose")
    parser.add_argument("--edition", type=int, choices=(1, 2), default=1, help="2 shows the sites after one edit")
    options = parser.parse_args(arguments)
    try:
        with serve(options.host, options.port_base, options.edition) as server:
            for key, base in server.bases.items():
                sys.stdout.write(f"{sites()[key].title}: {base}/\n")
            sys.stdout.write("Ctrl-C to stop.\n")
            sys.stdout.flush()
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    except CivicEtlError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
