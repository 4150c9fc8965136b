"""What pages that count have in common: what is asked for, charts, the rows behind them, files and paper."""
