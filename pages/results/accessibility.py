"""The address /was, where Danish public sites keep their accessibility statement."""

from views.subjects.data_quality import accessibility

accessibility.page()
