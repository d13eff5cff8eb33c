"""Places on a page of a PDF: from the coordinates a thing is drawn in to those of the viewer."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
TURNS: tuple[Matrix, ...] = (
    (1, 0, 0, -1, 0, 0),
    (0, 1, 1, 0, 0, 0),
    (-1, 0, 0, 1, 0, 0),
    (0, -1, -1, 0, 0, 0),
)
"""From PDF's coordinates (y upwards) to ours, for a page turned 0 to 3 quarters clockwise."""


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does the first and then the other (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_of(
    matrix: Matrix, left: float, bottom: float, right: float, top: float
) -> tuple[float, float, float, float]:
    """Return the upright box (left, top, right, bottom) around what a matrix makes of one."""
    return around([applied(matrix, left, bottom), applied(matrix, right, top)])


def around(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return the upright box (left, top, right, bottom) around points."""
    across = [x for x, _ in points]
    down = [y for _, y in points]
    return min(across), min(down), max(across), max(down)
