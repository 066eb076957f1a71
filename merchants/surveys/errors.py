"""What a survey can be refused for."""

from timcheh.errors import Conflict


class SurveyMoved(Conflict):
    """It was opened or closed meanwhile: what was asked for no longer fits."""

    code = "survey_moved"


class SurveyEmpty(Conflict):
    """It has no question yet."""

    code = "survey_empty"


class SurveyAnswered(Conflict):
    """This member has answered already."""

    code = "survey_answered"


class SurveyOver(Conflict):
    """It was closed, or the days of the invitation have passed."""

    code = "survey_over"
